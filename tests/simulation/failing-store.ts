import { StorageFull } from '../../src/sync/outbox-port.ts';

/** Before an operation nothing of it was done; after it all was, and nobody hears of it. Full: there is no room for it. */
export type Failing = (operation: string, args: readonly unknown[]) => 'before' | 'after' | 'full' | null;

/** As a browser says it. */
export class StoreFailure extends DOMException {
  constructor(operation: string) {
    super(`Internal error in ${operation}.`, 'UnknownError');
  }
}

/** What answers at once and touches no disk. */
const AT_ONCE = ['onForeignChange', 'close', 'kill'];

/** A store of a browser that fails now and then, or has no room. */
export function failingStore<T extends object>(store: T, failing: Failing): T {
  return new Proxy(store, {
    get(target, name, receiver) {
      const own: unknown = Reflect.get(target, name, receiver);
      if (typeof own !== 'function' || AT_ONCE.includes(String(name))) return own;
      return (...args: unknown[]): unknown => {
        const when = failing(String(name), args);
        if (when === 'full') return Promise.reject(new StorageFull('no room'));
        if (when === 'before') return Promise.reject(new StoreFailure(String(name)));
        const result: unknown = Reflect.apply(own, target, args);
        return when === null
          ? result
          : Promise.resolve(result).then(() => Promise.reject(new StoreFailure(String(name))));
      };
    },
  });
}
