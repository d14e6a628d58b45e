import type { Around } from './with-transactions.ts';

/** What may happen to a transaction that writes, besides being committed. */
export const SERVER_FAULTS = ['serverBusy', 'serverDiskFull', 'serverKilledInside'] as const;
export type ServerFault = (typeof SERVER_FAULTS)[number];

/** The process is gone: nothing of its transaction is kept, and nobody hears of it. */
export class ServerKilled extends Error {}

/** SQLite's own codes: BUSY before anything was done, FULL when all of it was. */
const busy = (): Error => Object.assign(new Error('database is locked'), { errcode: 5 });
const full = (): Error => Object.assign(new Error('database or disk is full'), { errcode: 13 });

export const failingAround =
  (next: () => ServerFault | null): Around =>
  (begin, work) => {
    const fault = next();
    if (fault === null) return begin(work);
    if (fault === 'serverBusy') return Promise.reject(busy());
    return begin(async (trx) => {
      await work(trx);
      throw fault === 'serverDiskFull' ? full() : new ServerKilled();
    });
  };
