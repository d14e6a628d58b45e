/**
 * Those who want to be told. One that fails keeps neither the others from hearing nor the teller from going on: what
 * was saved must not look unsaved for it. Its fault goes to `failed`.
 */
export function createListeners<T>(failed: (error: unknown) => void): {
  add(listener: (value: T) => void): () => void;
  tell(value: T): void;
} {
  const listeners = new Set<(value: T) => void>();
  return {
    add: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    tell: (value) => {
      for (const listener of [...listeners]) {
        try {
          listener(value);
        } catch (error) {
          failed(error);
        }
      }
    },
  };
}
