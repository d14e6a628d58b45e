import { PAGE_SIZE } from '../../protocol/sync-messages.ts';
import { isLive } from '../../protocol/sync-lines.ts';
import type { StoredRow } from '../../sync/ports.ts';
import type { CacheDatabase, StoredChunk } from './cache-database.ts';
import { packed, unpacked } from './packed-rows.ts';

/** So many small chunks at the end of a space's log are written as one. */
const SMALL_CHUNKS = 32;
/** From here on a chunk stays as it was written. */
export const LARGE_CHUNK = PAGE_SIZE / 4;
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
  const tail = await db.chunks.where('space').equals(space).reverse().limit(SMALL_CHUNKS).toArray();
  const small = tail.slice(0, tail.findIndex((chunk) => chunk.rows >= LARGE_CHUNK) >>> 0);
  if (small.length < SMALL_CHUNKS || small.reduce((sum, chunk) => sum + chunk.rows, 0) > PAGE_SIZE) return n;
  const merged = latest(small.reverse().flatMap(unpacked));
  const last = small[small.length - 1]!;
  await db.chunks.bulkDelete(small.slice(0, -1).map((chunk) => chunk.n));
  await db.chunks.put({ n: last.n, space, ...packed(merged) });
  return n;
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
