import type { CachePage, CacheState, CacheStore, ForeignCacheChange } from '../../sync/ports.ts';
import { CacheDatabase, cacheName } from './cache-database.ts';
import { appendRows, readRows } from './chunk-log.ts';
import { deleteFirstCache, importFirstCache } from './first-cache.ts';
import { LARGE_CHUNK, unpacked } from './packed-rows.ts';
import { appendReceipts, dropReceipts, readReceipts } from './receipt-lists.ts';
import { openTabChannel } from './tab-channel.ts';
import { closeForGood, withReopen } from './with-reopen.ts';

const NO_STATE: CacheState = { client: null, epoch: null, allowed: [], member: null, lastSyncAt: null };

/** What another tab is told: a large page lies in the store already, and need not be copied to tabs that may not be. */
type Told = ForeignCacheChange | { type: 'stored'; page: CachePage; n: number };

/** A cache that cannot be opened is worth nothing: it is deleted and fetched again. */
async function open(memberId: string): Promise<CacheDatabase> {
  const db = new CacheDatabase(memberId);
  try {
    await db.open();
    await importFirstCache(memberId, db);
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
  await deleteFirstCache(memberId);
}

/** The cache of one member over IndexedDB. */
export async function openCacheStore(memberId: string): Promise<CacheStore> {
  const db = await open(memberId);
  const channel = openTabChannel<Told>(cacheName(memberId));
  const sameCursor = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

  /** Null where another tab was first; else the number of its chunk, if it has one. */
  const applyPage = (page: CachePage): Promise<{ n: number | undefined } | null> =>
    db.transaction('rw', [db.spaces, db.chunks, db.receipts], async () => {
      const stored = await db.spaces.get(page.space);
      const cursor = stored?.cursor ?? null;
      if (
        !sameCursor(cursor && { ver: cursor.ver, id: cursor.id }, page.from && { ver: page.from.ver, id: page.from.id })
      ) {
        return null;
      }
      const [n] = await Promise.all([
        appendRows(db, page.space, page.rows),
        db.spaces.put(page.next),
        appendReceipts(db, page.space, page.receipts),
      ]);
      return { n };
    });

  const drop = (ids: readonly string[]): Promise<void> =>
    db.transaction('rw', [db.spaces, db.chunks, db.receipts], async () => {
      const spaces = [...ids];
      await db.spaces.bulkDelete(spaces);
      await db.chunks.where('space').anyOf(spaces).delete();
      await db.receipts.where('space').anyOf(spaces).delete();
    });

  const heard = async (told: Told): Promise<ForeignCacheChange> => {
    if (told.type !== 'stored') return told;
    const { page, n } = told;
    const chunk = await withReopen(db, () => db.chunks.get(n)).catch(() => undefined);
    // Let go of or tidied meanwhile: the space is read as it is.
    if (chunk?.space !== page.space) return { type: 'spaces', spaces: [page.space] };
    return { type: 'page', page: { ...page, rows: unpacked(chunk) } };
  };

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
    rows: (space) => withReopen(db, () => readRows(db, space)),
    receipts: () => withReopen(db, () => readReceipts(db)),
    applyPage: async (page) => {
      const applied = await withReopen(db, () => applyPage(page));
      if (applied === null) return false;
      const { n } = applied;
      if (n === undefined || page.rows.length < LARGE_CHUNK) channel.tell({ type: 'page', page });
      else channel.tell({ type: 'stored', page: { ...page, rows: [] }, n });
      return true;
    },
    dropSpaces: async (ids) => {
      await withReopen(db, () => drop(ids));
      channel.tell({ type: 'spaces', spaces: [...ids] });
    },
    dropReceipts: (mids) => withReopen(db, () => db.transaction('rw', [db.receipts], () => dropReceipts(db, mids))),
    clear: async () => {
      await withReopen(db, clear);
      channel.tell({ type: 'all' });
    },
    onForeignChange: (listener) => {
      // In the order in which they were told, whatever has to be read for them.
      let last = Promise.resolve();
      return channel.onMessage((told) => {
        last = last.then(async () => listener(await heard(told)));
      });
    },
    close: () => {
      channel.close();
      closeForGood(db);
    },
  };
}
