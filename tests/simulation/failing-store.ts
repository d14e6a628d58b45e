/** Before an operation nothing of it was done; after it all was, and nobody hears of it. */
export type Failing = (operation: string) => 'before' | 'after' | null;

const failure = (operation: string): Error => new DOMException(`Internal error in ${operation}.`, 'UnknownError');

/** A store of a browser that fails now and then, otherwise than for want of room. */
export function failingStore<T extends object>(store: T, failing: Failing): T {
  return new Proxy(store, {
    get(target, name, receiver) {
      const own: unknown = Reflect.get(target, name, receiver);
      if (typeof own !== 'function') return own;
      return (...args: unknown[]): unknown => {
        const when = failing(String(name));
        if (when === 'before') return Promise.reject(failure(String(name)));
        const result: unknown = Reflect.apply(own, target, args);
        return when === null ? result : Promise.resolve(result).then(() => Promise.reject(failure(String(name))));
      };
    },
  });
}
