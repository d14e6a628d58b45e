import type Dexie from 'dexie';
import { asStorageError, isLostHandle, isStorageFull } from './storage-error.ts';

const TRIES = 3;

/** Databases that their owner has closed: nothing opens them again, least of all a pass that comes late. */
const closed = new WeakSet<Dexie>();

export function closeForGood(database: Dexie): void {
  closed.add(database);
  database.close();
}

/**
 * Runs one transaction; on a lost handle the database is opened anew and the transaction repeated, for using the
 * dead handle again fails for ever. Only for work that may run twice.
 */
export async function withReopen<T>(database: Dexie, work: () => PromiseLike<T>): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await work();
    } catch (error) {
      const hopeless = closed.has(database) || isStorageFull(error) || !isLostHandle(error);
      if (left <= 1 || hopeless) throw asStorageError(error);
      database.close();
      await database.open();
    }
  }
}
