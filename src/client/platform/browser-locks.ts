import type { Locks } from '../../sync/device-port.ts';
import { BEAT_MS, isSilent, lookAgain, PATIENCE_MS, type LastSign } from '../../sync/lock-holder.ts';
import { browserIds } from './browser-ids.ts';

const isThere = (): boolean => typeof navigator !== 'undefined' && navigator.locks !== undefined;

/** Each sign of life is a lock of its own, held until the next: the browser lets go of it with the tab. */
async function showingLife<T>(name: string, beatMs: number, run: () => Promise<T>): Promise<T> {
  let end = (): void => undefined;
  const beat = (): void => {
    end();
    const over = new Promise<void>((resolve) => (end = resolve));
    void navigator.locks.request(`${name}|${browserIds.mutation()}`, () => over).catch(() => undefined);
  };
  beat();
  const timer = setInterval(beat, beatMs);
  try {
    return await run();
  } finally {
    clearInterval(timer);
    end();
  }
}

/** What the holder showed last; undefined where nobody holds it any more. A build without signs shows its tab. */
async function signOfLife(name: string): Promise<string | undefined> {
  const { held = [] } = await navigator.locks.query();
  const holder = held.find((lock) => lock.name === name)?.clientId;
  const sign = held.find((lock) => lock.clientId === holder && lock.name?.startsWith(`${name}|`) === true);
  return sign?.name ?? holder;
}

/**
 * Web Locks; where a browser has none, passes of two tabs may overlap, which is wasteful and never wrong [TB1].
 * So a holder that was frozen, and can neither end nor let go, is passed over after a while.
 */
export function createBrowserLocks(beatMs = BEAT_MS, patienceMs = PATIENCE_MS): Locks {
  const seen = new Map<string, LastSign | undefined>();

  const isHolderSilent = async (name: string): Promise<boolean> => {
    const sign = await signOfLife(name);
    const ticks = performance.now();
    const last = lookAgain(seen.get(name), sign, ticks);
    seen.set(name, last);
    return isSilent(last, ticks, patienceMs);
  };

  return {
    ifFree: async <T>(name: string, run: () => Promise<T>): Promise<T | undefined> => {
      if (!isThere()) return run();
      let work: Promise<T> | undefined;
      const ask = async (options: LockOptions): Promise<T | undefined> => {
        try {
          return await navigator.locks.request(name, options, (lock) => {
            if (lock !== null) work = showingLife(name, beatMs, run);
            return work;
          });
        } catch (error) {
          // Taken away while it worked: the work ends by itself, at its own deadline.
          if (work === undefined) throw error;
          return work;
        }
      };
      const result = await ask({ ifAvailable: true });
      return work === undefined && (await isHolderSilent(name)) ? ask({ steal: true }) : result;
    },
  };
}

export const browserLocks: Locks = createBrowserLocks();
