import Dexie from 'dexie';
import type { Receipt } from '../../protocol/sync-messages.ts';
import type { CachedSpace, CacheState, StoredRow } from '../../sync/cache-port.ts';
import type { MadeBy } from '../../sync/segment.ts';
import type { CacheDatabase, StoredChunk } from './cache-database.ts';
import { appendRows } from './chunk-log.ts';
import { DamagedCache } from './chunk-rows.ts';
import { appendReceipts } from './receipt-lists.ts';
import { rowsOfRaw, withPieces } from './segments.ts';

/** A cache as an earlier build kept it. */
interface EarlierCache {
  name: (memberId: string) => string;
  stores: Record<string, string>;
  rowsOf: (chunk: never, earlier: Dexie) => StoredRow[] | Promise<StoredRow[]>;
  receiptsOf: (stored: never) => (Receipt & { space: string })[];
}

/** A page in one text. */
const FIRST: EarlierCache = {
  name: (memberId) => `cache-${memberId}`,
  stores: { state: 'k', spaces: 'id', chunks: '++n, space', receipts: 'mid, space' },
  rowsOf: ({ json }: { json: string }) => JSON.parse(json) as StoredRow[],
  receiptsOf: (receipt: Receipt & { space: string }) => [receipt],
};

interface ColumnChunk {
  keys: string;
  vers: Float64Array;
  hashes: Float64Array;
  texts: Uint8Array;
}

/** A page in columns, what its rows say in one run of bytes; a version that is negative is that of a row that is gone. */
const SECOND: EarlierCache = {
  name: (memberId) => `cache-2-${memberId}`,
  stores: { state: 'k', spaces: 'id', chunks: '++n, space, [space+small]', receipts: '++n, space' },
  rowsOf: ({ keys, vers, hashes, texts }: ColumnChunk) => {
    const lines = new TextDecoder().decode(texts).split('\n');
    return keys.split('\n').map((key, n): StoredRow => {
      const at = key.indexOf(' ');
      const ver = vers[n] ?? 0;
      const row = { k: key.slice(0, at), id: key.slice(at + 1), ver: Math.abs(ver) };
      return ver < 0 ? row : { ...row, t: lines[n] ?? '', h: hashes[n] };
    });
  },
  receiptsOf: ({ space, list }: { space: string; list: Receipt[] }) => list.map((receipt) => ({ ...receipt, space })),
};

/** Columns of a large space, and its lines in pieces that were never deflated. */
const THIRD: EarlierCache = {
  name: (memberId) => `cache-3-${memberId}`,
  stores: {
    state: 'k',
    spaces: 'id',
    chunks: '++n, space, [space+small]',
    pieces: '[n+piece]',
    receipts: '++n, space',
  },
  // Below zero lie columns once more, gathered.
  rowsOf: async (chunk: StoredChunk, earlier) =>
    chunk.n < 0 ? [] : rowsOfRaw(await withPieces(earlier as CacheDatabase, chunk)),
  receiptsOf: SECOND.receiptsOf,
};

/** A space with more rows than this came in several pages, and its rows lie in segments from then on. */
const ONE_PAGE = 1000;

/** The later first: where both are there it knows more. */
const EARLIER = [THIRD, SECOND, FIRST];

const open = (cache: EarlierCache, memberId: string): Dexie => {
  const db = new Dexie(cache.name(memberId));
  db.version(1).stores(cache.stores);
  return db;
};

/**
 * Carries over what an earlier build has left, once. The new build may be opened for the first time in a stairwell:
 * whoever stands there must find their doors. The state comes last: without it the import begins again.
 */
export async function importEarlierCaches(memberId: string, db: CacheDatabase, made: MadeBy): Promise<void> {
  for (const cache of EARLIER) {
    if (!(await Dexie.exists(cache.name(memberId)))) continue;
    const earlier = open(cache, memberId);
    try {
      if ((await db.state.count()) === 0) await carryOver(cache, await earlier.open(), db, made);
    } catch {
      // It cannot be read, or there is no room for it twice: it is fetched again.
      await Promise.all(db.tables.map((table) => table.clear()));
    } finally {
      earlier.close();
    }
  }
  // What cannot be deleted now is at the next start.
  deleteEarlierCaches(memberId).catch(() => undefined);
}

/** None of what is damaged: its space does not add up then, and is fetched again; the others are here. */
async function rowsOrNone(read: () => StoredRow[] | Promise<StoredRow[]>): Promise<StoredRow[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DamagedCache) return [];
    throw error;
  }
}

async function carryOver(cache: EarlierCache, earlier: Dexie, db: CacheDatabase, made: MadeBy): Promise<void> {
  await Promise.all(db.tables.map((table) => table.clear()));
  const chunks = earlier.table<{ n: number; space: string }, number>('chunks');
  const total = new Map<string, number>();
  // One at a time: a save never waits behind them.
  for (const n of await chunks.orderBy('n').primaryKeys()) {
    const chunk = await chunks.get(n);
    if (chunk === undefined) continue;
    const rows = await rowsOrNone(() => cache.rowsOf(chunk as never, earlier));
    const before = total.get(chunk.space) ?? 0;
    total.set(chunk.space, before + rows.length);
    await db.transaction('rw', [db.chunks, db.pieces], () =>
      appendRows(db, chunk.space, { rows }, { asSegments: before + rows.length > ONE_PAGE, made }),
    );
  }
  const spaces = await earlier.table<CachedSpace>('spaces').toArray();
  await db.spaces.bulkPut(spaces);
  const receipts = (await earlier.table('receipts').toArray()).flatMap((stored) => cache.receiptsOf(stored as never));
  for (const { id } of spaces) {
    const own = receipts.filter(({ space }) => space === id).map(({ space: _, ...receipt }) => receipt);
    await appendReceipts(db, id, own);
  }
  const state = await earlier.table<{ k: 'state'; value: CacheState }>('state').get('state');
  if (state) await db.state.put(state);
}

/** Not waited for by who opens: a frozen tab of an earlier build may hold one for as long as it likes. */
export async function deleteEarlierCaches(memberId: string): Promise<void> {
  await Promise.all(EARLIER.map((cache) => open(cache, memberId).delete()));
}
