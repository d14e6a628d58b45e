import { rowCount } from '../../sync/page-rows.ts';
import type { CachePage, CacheState, CacheStore, ForeignCacheChange, LoadedRows } from '../../sync/cache-port.ts';
import type { MadeBy } from '../../sync/segment.ts';
import { plainRow } from '../lines/line-row.ts';
import { CacheDatabase, cacheName } from './cache-database.ts';
import { appendRows, readRows, tidyRows } from './chunk-log.ts';
import type { Appended } from './chunk-log.ts';
import { DamagedCache, LARGE_CHUNK } from './chunk-rows.ts';
import { deleteEarlierCaches, importEarlierCaches } from './earlier-caches.ts';
import { dropFirstScreen, keepFirstScreen, readFirstScreen } from './kept-first-screen.ts';
import { dropGathered, gather, takeGroups } from './gathered-columns.ts';
import type { Loose } from './gathered-columns.ts';
import { appendReceipts, dropReceipts, readReceipts } from './receipt-lists.ts';
import { dropPieces, readBodies, readStored } from './segments.ts';
import { openTabChannel } from './tab-channel.ts';
import { closeForGood, withReopen } from './with-reopen.ts';

const NO_STATE: CacheState = { client: null, epoch: null, allowed: [], member: null, lastSyncAt: null };

/** What another tab is told: a large page lies in the store already, and need not be copied to tabs that may not be. */
type Told =
  | Exclude<ForeignCacheChange, { type: 'page' }>
  | { type: 'page'; page: CachePage }
  | { type: 'stored'; page: CachePage; numbers: number[] };

/** One after the other in all tabs and the worker; without Web Locks two that are opened at once may both begin. */
const alone = async (name: string, work: () => Promise<void>): Promise<void> => {
  const { locks } = navigator as { locks?: typeof navigator.locks };
  await (locks === undefined ? work() : locks.request(name, work));
};

/** A cache that cannot be opened is worth nothing: it is deleted and fetched again. */
async function open(memberId: string, made: MadeBy): Promise<CacheDatabase> {
  const db = new CacheDatabase(memberId);
  try {
    await db.open();
    await alone(`import-${db.name}`, () => importEarlierCaches(memberId, db, made));
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
  await deleteEarlierCaches(memberId);
}

/** The cache of one member over IndexedDB; `made` by whose lists the rows of a large space are held. */
export async function openCacheStore(memberId: string, made: MadeBy): Promise<CacheStore> {
  const db = await open(memberId, made);
  const channel = openTabChannel<Told>(cacheName(memberId));
  const sameCursor = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

  /** Null where another tab was first. */
  const applyPage = (page: CachePage): Promise<Appended | null> =>
    db.transaction('rw', [db.spaces, db.chunks, db.pieces, db.receipts], async () => {
      const stored = await db.spaces.get(page.space);
      const cursor = stored?.cursor ?? null;
      if (
        !sameCursor(cursor && { ver: cursor.ver, id: cursor.id }, page.from && { ver: page.from.ver, id: page.from.id })
      ) {
        return null;
      }
      if ((stored?.receiptsAfter ?? 0) !== page.receiptsFrom) return null;
      const [appended] = await Promise.all([
        appendRows(db, page.space, page, { asSegments: !page.next.done, made }),
        db.spaces.put(page.next),
        appendReceipts(db, page.space, page.receipts),
      ]);
      return appended;
    });

  /** Segments of a large space that are not gathered. */
  const loose = new Map<string, Loose[]>();

  /** Nobody waits for it: where it fails, the next start reads them one by one. */
  const gatherLoose = (space: string): void => {
    for (const numbers of takeGroups(loose.get(space) ?? [])) {
      gather(db, space, numbers, made.build).catch(() => undefined);
    }
  };

  /** Nothing where it is damaged: then it does not add up to its digest, and is fetched again. */
  const rows = async (space: string): Promise<LoadedRows> => {
    try {
      const { loose: apart, ...loaded } = await withReopen(db, () => readRows(db, space, made));
      loose.set(space, apart);
      gatherLoose(space);
      return loaded;
    } catch (error) {
      if (!(error instanceof DamagedCache)) throw error;
      return { segments: [], rows: [], stored: 0 };
    }
  };

  const drop = (ids: readonly string[]): Promise<void> =>
    db.transaction('rw', [db.state, db.spaces, db.chunks, db.pieces, db.receipts], async () => {
      const spaces = [...ids];
      await dropFirstScreen(db);
      await db.spaces.bulkDelete(spaces);
      await dropPieces(db, (await db.chunks.where('space').anyOf(spaces).primaryKeys()) as number[]);
      await db.chunks.where('space').anyOf(spaces).delete();
      await dropGathered(db, spaces);
      await db.receipts.where('space').anyOf(spaces).delete();
    });

  const heard = async (told: Told): Promise<ForeignCacheChange> => {
    if (told.type === 'page') return { ...told, segments: [] };
    if (told.type !== 'stored') return told;
    const { page } = told;
    const stored = await withReopen(db, () => readStored(db, page.space, told.numbers, made)).catch(() => null);
    // Let go of or tidied meanwhile: the space is read as it is.
    if (stored === null) return { type: 'spaces', spaces: [page.space] };
    return { type: 'page', page: { ...page, rows: stored.rows }, segments: stored.segments };
  };

  const clear = (): Promise<void> =>
    db.transaction('rw', db.tables, async () => {
      await Promise.all(db.tables.map((table) => table.clear()));
    });

  return {
    state: () => withReopen(db, async () => (await db.state.get('state'))?.value ?? NO_STATE),
    firstScreen: () => withReopen(db, () => readFirstScreen(db)),
    keepFirstScreen: (screen, spaces) => withReopen(db, () => keepFirstScreen(db, screen, spaces)),
    putState: async (state) => {
      await withReopen(db, () => db.state.put({ k: 'state', value: state }));
      channel.tell({ type: 'state' });
    },
    spaces: () => withReopen(db, () => db.spaces.toArray()),
    rows,
    bodies: (places) => withReopen(db, () => readBodies(db, places)),
    tidy: (space) => withReopen(db, () => tidyRows(db, space, made)),
    receipts: () => withReopen(db, () => readReceipts(db)),
    applyPage: async (page) => {
      const applied = await withReopen(db, () => applyPage(page));
      if (applied === null) return null;
      const { n, segments } = applied;
      const apart = loose.get(page.space) ?? [];
      loose.set(page.space, [...apart, ...segments.map((segment) => ({ n: segment.n, rows: segment.vers.length }))]);
      gatherLoose(page.space);
      const { segments: _, ...told } = page;
      if (rowCount(page) < LARGE_CHUNK) {
        channel.tell({ type: 'page', page: { ...told, rows: page.rows.map(plainRow) } });
      } else {
        const numbers = [...segments.map((segment) => segment.n), ...(n === undefined ? [] : [n])];
        channel.tell({ type: 'stored', page: { ...told, rows: [] }, numbers });
      }
      return { segments };
    },
    dropSpaces: async (ids) => {
      for (const id of ids) loose.delete(id);
      await withReopen(db, () => drop(ids));
      channel.tell({ type: 'spaces', spaces: [...ids] });
    },
    dropReceipts: (mids) => withReopen(db, () => db.transaction('rw', [db.receipts], () => dropReceipts(db, mids))),
    clear: async () => {
      loose.clear();
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
