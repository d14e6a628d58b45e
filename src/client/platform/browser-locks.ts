import type { Locks } from '../../sync/ports.ts';

/** Web Locks; where a browser has none, passes of two tabs may overlap, which is wasteful and never wrong. */
export const browserLocks: Locks = {
  ifFree: async <T>(name: string, run: () => Promise<T>): Promise<T | undefined> => {
    if (typeof navigator === 'undefined' || navigator.locks === undefined) return run();
    return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock === null ? undefined : run()));
  },
};
