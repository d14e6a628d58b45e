export interface TabChannel<T> {
  tell(message: T): void;
  onMessage(listener: (message: T) => void): () => void;
  close(): void;
}

/** Tells the other tabs of this browser what was written. Without BroadcastChannel each tab reads anew on its own. */
export function openTabChannel<T>(name: string): TabChannel<T> {
  const listeners = new Set<(message: T) => void>();
  let channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  channel?.addEventListener('message', (event: MessageEvent<T>) => {
    for (const listener of [...listeners]) listener(event.data);
  });
  return {
    tell: (message) => {
      channel?.postMessage(message);
    },
    onMessage: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: () => {
      channel?.close();
      // A write that was under way still ends, and tells nobody.
      channel = null;
    },
  };
}
