import type { CachePage, CacheState, CacheStore, ForeignCacheChange } from '../../sync/ports.ts';
import { CacheDatabase } from './cache-database.ts';
import { appendRows, readRows } from './chunk-log.ts';
import { openTabChannel } from './tab-channel.ts';
import { closeForGood, withReopen } from './with-reopen.ts';

const NO_STATE: CacheState = { client: null, epoch: null, allowed: [], member: null, lastSyncAt: null };

/** A cache that cannot be opened is worth nothing: it is deleted and fetched again. */
async function open(memberId: string): Promise<CacheDatabase> {
  const db = new CacheDatabase(memberId);
  try {
    await db.open();
    return db;
  } catch {
    db.close();
    await db.delete();
    const fresh = new CacheDatabase(memberId);
    await fresh.open();
    return fresh;
  }
}

/** Deletes a member's cache, at sign-out; the outbox stays. */
export async function deleteCache(memberId: string): Promise<void> {
  await new CacheDatabase(memberId).delete();
}

/** The cache of one member over IndexedDB. */
export async function openCacheStore(memberId: string): Promise<CacheStore> {
  const db = await open(memberId);
  const channel = openTabChannel<ForeignCacheChange>(`cache-${memberId}`);
  const sameCursor = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

  const applyPage = (page: CachePage): Promise<boolean> =>
    db.transaction('rw', [db.spaces, db.chunks, db.receipts], async () => {
      const stored = await db.spaces.get(page.space);
      const cursor = stored?.cursor ?? null;
      if (
        !sameCursor(cursor && { ver: cursor.ver, id: cursor.id }, page.from && { ver: page.from.ver, id: page.from.id })
      ) {
        return false;
      }
      await Promise.all([
        appendRows(db, page.space, page.rows),
        db.spaces.put(page.next),
        db.receipts.bulkPut(page.receipts.map((receipt) => ({ ...receipt, space: page.space }))),
      ]);
      return true;
    });

  const drop = (ids: readonly string[]): Promise<void> =>
    db.transaction('rw', [db.spaces, db.chunks, db.receipts], async () => {
      const spaces = [...ids];
      await db.spaces.bulkDelete(spaces);
      await db.chunks.where('space').anyOf(spaces).delete();
      await db.receipts.where('space').anyOf(spaces).delete();
    });

  const clear = (): Promise<void> =>
    db.transaction('rw', db.tables, async () => {
      await Promise.all(db.tables.map((table) => table.clear()));
    });

  return {
    state: () => withReopen(db, async () => (await db.state.get('state'))?.value ?? NO_STATE),
    putState: async (state) => {
      await withReopen(db, () => db.state.put({ k: 'state', value: state }));
      channel.tell({ type: 'state' });
    },
    spaces: () => withReopen(db, () => db.spaces.toArray()),
    rows: (space) => withReopen(db, async () => (await readRows(db, space)).map((row) => ({ ...row, space }))),
    receipts: () => withReopen(db, () => db.receipts.toArray()),
    applyPage: async (page) => {
      const applied = await withReopen(db, () => applyPage(page));
      if (applied) channel.tell({ type: 'page', page });
      return applied;
    },
    dropSpaces: async (ids) => {
      await withReopen(db, () => drop(ids));
      channel.tell({ type: 'spaces', spaces: [...ids] });
    },
    dropReceipts: (mids) => withReopen(db, () => db.receipts.bulkDelete([...mids])),
    clear: async () => {
      await withReopen(db, clear);
      channel.tell({ type: 'all' });
    },
    onForeignChange: (listener) => channel.onMessage(listener),
    close: () => {
      channel.close();
      closeForGood(db);
    },
  };
}
