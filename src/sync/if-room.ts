import { StorageFull } from './outbox-port.ts';

/** Answers null where the disk has no room for it; whatever else fails is thrown. */
export async function ifRoom<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
    return null;
  }
}
