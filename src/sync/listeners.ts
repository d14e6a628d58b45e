/** Those who want to be told; one that fails does not keep the others from hearing. */
export function createListeners<T>(): { add(listener: (value: T) => void): () => void; tell(value: T): void } {
  const listeners = new Set<(value: T) => void>();
  return {
    add: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    tell: (value) => {
      for (const listener of [...listeners]) listener(value);
    },
  };
}
