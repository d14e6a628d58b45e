import { PAGE_SIZE } from '../../protocol/sync-messages.ts';
import { isLive } from '../../protocol/sync-lines.ts';
import type { StoredRow } from '../../sync/ports.ts';
import type { CacheDatabase, StoredChunk } from './cache-database.ts';
import { LARGE_CHUNK, packed, unpacked } from './packed-rows.ts';

/** So many small chunks at the end of a space's log are written as one. */
const SMALL_CHUNKS = 32;
/** A log with this many rows that no longer count for each that does is tidied when it is read. */
const TIDY_FACTOR = 2;

const keyOf = (row: StoredRow): string => `${row.k} ${row.id}`;
const latest = (rows: readonly StoredRow[]): StoredRow[] => [...new Map(rows.map((row) => [keyOf(row), row])).values()];

/** Adds a page to the log of its space, inside the caller's transaction; answers the number of its chunk. */
export async function appendRows(
  db: CacheDatabase,
  space: string,
  rows: readonly StoredRow[],
): Promise<number | undefined> {
  if (rows.length === 0) return undefined;
  const n = await db.chunks.add({ space, ...packed(rows) });
  if (rows.length >= LARGE_CHUNK) return n;
  const keys = await smallTail(db, space);
  if (keys.length < SMALL_CHUNKS) return n;
  const tail = (await db.chunks.bulkGet(keys)).filter((chunk) => chunk !== undefined);
  await db.chunks.bulkDelete(keys.slice(0, -1));
  await db.chunks.put({ n, space, ...packed(latest(tail.flatMap(unpacked))) });
  return n;
}

/** Keys of the small chunks behind the last large one. By index alone: a large one is a megabyte to read. */
async function smallTail(db: CacheDatabase, space: string): Promise<number[]> {
  const keysOf = (small: 0 | 1): Promise<number[]> =>
    db.chunks.where('[space+small]').equals([space, small]).primaryKeys() as Promise<number[]>;
  const [large, small] = await Promise.all([keysOf(0), keysOf(1)]);
  const lastLarge = large.at(-1) ?? 0;
  return small.filter((key) => key > lastLarge);
}

/** The live rows of a space: its log played from the beginning. */
export async function readRows(db: CacheDatabase, space: string): Promise<StoredRow[]> {
  const chunks = await db.chunks.where('space').equals(space).sortBy('n');
  const live = new Map<string, StoredRow>();
  let read = 0;
  for (const chunk of chunks) {
    for (const row of unpacked(chunk)) {
      read += 1;
      if (isLive(row)) live.set(keyOf(row), row);
      else live.delete(keyOf(row));
    }
  }
  if (read > PAGE_SIZE && read > live.size * TIDY_FACTOR) await tidy(db, chunks, live);
  return [...live.values()];
}

/**
 * Takes out what a later chunk has overridden, oldest chunk first and each in a transaction of its own, so that a
 * save never waits behind it. At every step the log plays to the same rows; a chunk that is gone stays gone.
 */
async function tidy(
  db: CacheDatabase,
  chunks: readonly StoredChunk[],
  live: ReadonlyMap<string, StoredRow>,
): Promise<void> {
  for (const chunk of chunks) {
    const kept = unpacked(chunk).filter((row) => isLive(row) && live.get(keyOf(row))?.ver === row.ver);
    if (kept.length === chunk.rows) continue;
    if (kept.length === 0) await db.chunks.delete(chunk.n);
    else await db.chunks.update(chunk.n, packed(kept));
  }
}
