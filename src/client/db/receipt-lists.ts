import type { Receipt } from '../../protocol/sync-messages.ts';
import type { CacheDatabase } from './cache-database.ts';

/** A list with so many is full: the next receipts begin another. */
const FULL = 200;

const lastOfEach = <T extends Receipt>(receipts: readonly T[]): T[] => [
  ...new Map(receipts.map((receipt) => [receipt.mid, receipt])).values(),
];

/** Adds receipts to those of their space, inside the caller's transaction: many are written as one value. */
export async function appendReceipts(db: CacheDatabase, space: string, receipts: readonly Receipt[]): Promise<void> {
  if (receipts.length === 0) return;
  const last = await db.receipts.where('space').equals(space).last();
  if (last && last.list.length < FULL)
    await db.receipts.put({ ...last, list: lastOfEach([...last.list, ...receipts]) });
  else await db.receipts.add({ space, list: lastOfEach(receipts) });
}

export async function readReceipts(db: CacheDatabase): Promise<(Receipt & { space: string })[]> {
  const lists = await db.receipts.toArray();
  return lastOfEach(lists.flatMap(({ space, list }) => list.map((receipt) => ({ ...receipt, space }))));
}

/** Forgets some, inside the caller's transaction. */
export async function dropReceipts(db: CacheDatabase, mids: readonly string[]): Promise<void> {
  const gone = new Set(mids);
  for (const stored of await db.receipts.toArray()) {
    const list = stored.list.filter(({ mid }) => !gone.has(mid));
    if (list.length === 0) await db.receipts.delete(stored.n);
    else if (list.length < stored.list.length) await db.receipts.put({ ...stored, list });
  }
}
