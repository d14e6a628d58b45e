import type Dexie from 'dexie';
import { asStorageError, isLostHandle, isStorageFull } from './storage-error.ts';

const TRIES = 3;

/**
 * Runs one transaction; on a lost handle the database is opened anew and the transaction repeated, for using the
 * dead handle again fails for ever. Only for work that may run twice.
 */
export async function withReopen<T>(database: Dexie, work: () => PromiseLike<T>): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (left <= 1 || isStorageFull(error) || !isLostHandle(error)) throw asStorageError(error);
      database.close();
      await database.open();
    }
  }
}
