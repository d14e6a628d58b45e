import Dexie from 'dexie';
import type { Receipt } from '../../protocol/sync-messages.ts';
import type { CachedSpace, CacheState, StoredRow } from '../../sync/ports.ts';
import type { CacheDatabase } from './cache-database.ts';
import { packed } from './packed-rows.ts';
import { appendReceipts } from './receipt-lists.ts';

/** The cache as builds before this one kept it: a page in one text. */
class FirstCache extends Dexie {
  constructor(memberId: string) {
    super(`cache-${memberId}`);
    this.version(1).stores({ state: 'k', spaces: 'id', chunks: '++n, space', receipts: 'mid, space' });
  }
}

/**
 * Carries over what an earlier build has left, once. The new build may be opened for the first time in a stairwell:
 * whoever stands there must find their doors. The state comes last: without it the import begins again.
 */
export async function importFirstCache(memberId: string, db: CacheDatabase): Promise<void> {
  if (!(await Dexie.exists(`cache-${memberId}`))) return;
  const first = new FirstCache(memberId);
  try {
    if ((await db.state.count()) === 0) await carryOver(await first.open(), db);
  } catch {
    // It cannot be read, or there is no room for it twice: it is fetched again.
    await Promise.all(db.tables.map((table) => table.clear()));
  } finally {
    first.close();
  }
  // What cannot be deleted now is at the next start.
  deleteFirstCache(memberId).catch(() => undefined);
}

async function carryOver(first: Dexie, db: CacheDatabase): Promise<void> {
  await Promise.all(db.tables.map((table) => table.clear()));
  const chunks = first.table<{ n: number; space: string; json: string }, number>('chunks');
  // One at a time: a save never waits behind them.
  for (const n of await chunks.orderBy('n').primaryKeys()) {
    const chunk = await chunks.get(n);
    if (chunk) await db.chunks.add({ space: chunk.space, ...packed(JSON.parse(chunk.json) as StoredRow[]) });
  }
  const spaces = await first.table<CachedSpace>('spaces').toArray();
  await db.spaces.bulkPut(spaces);
  for (const { id } of spaces) {
    const receipts = await first.table<Receipt & { space: string }>('receipts').where('space').equals(id).toArray();
    await appendReceipts(
      db,
      id,
      receipts.map(({ space: _, ...receipt }) => receipt),
    );
  }
  const state = await first.table<{ k: 'state'; value: CacheState }>('state').get('state');
  if (state) await db.state.put(state);
}

/** Not waited for by who opens: a frozen tab of the earlier build may hold it for as long as it likes. */
export const deleteFirstCache = (memberId: string): Promise<void> => new FirstCache(memberId).delete();
