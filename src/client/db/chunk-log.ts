import { isLive } from '../../protocol/sync-lines.ts';
import type { LoadedRows, StoredRow } from '../../sync/cache-port.ts';
import { unpackIds } from '../../sync/row-ids.ts';
import { HELD_WHOLE } from '../../sync/segment.ts';
import type { MadeBy, Segment } from '../../sync/segment.ts';
import { makeRows } from '../lines/make-rows.ts';
import type { SegmentLines } from '../lines/make-rows.ts';
import { isSegment } from './cache-database.ts';
import type { CacheDatabase, SegmentChunk, StoredChunk, WholeChunk } from './cache-database.ts';
import { LARGE_CHUNK, rowsOf, wholeChunk } from './chunk-rows.ts';
import { dropGathered, readGathered } from './gathered-columns.ts';
import type { Loose } from './gathered-columns.ts';
import { dropPieces, putAnew, putSegment, rowsOfRaw, withPieces } from './segments.ts';
import type { RawChunk } from './segments.ts';
import { isStorageFull } from './storage-error.ts';

/** So many small chunks at the end of a space's log are written as one. */
const SMALL_CHUNKS = 32;

const keyOf = (row: StoredRow): string => `${row.k} ${row.id}`;
const latest = (rows: readonly StoredRow[]): StoredRow[] => [...new Map(rows.map((row) => [keyOf(row), row])).values()];

const isWhole = (chunk: StoredChunk): chunk is WholeChunk => !isSegment(chunk);

/** What was written: the chunk of those that are whole, and the segments. */
export interface Appended {
  n: number | undefined;
  segments: Segment[];
}

/** Rows to be written, of which some were made into segments. */
interface Rows {
  rows: readonly StoredRow[];
  segments?: readonly SegmentLines[];
}

/**
 * Adds a page to the log of its space, inside the caller's transaction. Rows of a page that is one of many lie in segments:
 * there the space is large, or may become so.
 */
export async function appendRows(
  db: CacheDatabase,
  space: string,
  page: Rows,
  { asSegments, made }: { asSegments: boolean; made: MadeBy },
): Promise<Appended> {
  const isMade = page.segments !== undefined && page.segments.length > 0;
  const { n, segments, whole } = await write(db, space, asSegments && !isMade ? madeRows(page.rows, made) : page);
  if (whole > 0 && whole < LARGE_CHUNK) await joinSmall(db, space, made);
  return { n, segments };
}

function madeRows(rows: readonly StoredRow[], made: MadeBy): Rows {
  const { segments, others } = makeRows(rows, made);
  return { segments, rows: others };
}

/** Each segment, and a chunk of the others. */
async function write(
  db: CacheDatabase,
  space: string,
  { rows, segments = [] }: Rows,
): Promise<Appended & { whole: number }> {
  const written: Segment[] = [];
  for (const segment of segments) written.push(await putSegment(db, space, segment));
  const n = rows.length === 0 ? undefined : await db.chunks.add({ space, ...wholeChunk(rows) });
  return { n, segments: written, whole: rows.length };
}

/** Writes many small chunks as one, or as a segment where there are such and it is worth it. */
async function joinSmall(db: CacheDatabase, space: string, made: MadeBy): Promise<void> {
  const { small, hasSegments } = await smallTail(db, space);
  if (small.length < SMALL_CHUNKS) return;
  const chunks = (await db.chunks.bulkGet(small)).filter((chunk) => chunk !== undefined);
  const rows = latest(chunks.filter(isWhole).flatMap(rowsOf));
  await db.chunks.bulkDelete(small);
  await write(db, space, hasSegments ? madeRows(rows, made) : { rows });
}

/** Keys of the small chunks behind the last large one. By index alone: a large one is a megabyte to read. */
async function smallTail(db: CacheDatabase, space: string): Promise<{ small: number[]; hasSegments: boolean }> {
  const keysOf = (small: 0 | 1): Promise<number[]> =>
    db.chunks.where('[space+small]').equals([space, small]).primaryKeys() as Promise<number[]>;
  const [large, small] = await Promise.all([keysOf(0), keysOf(1)]);
  const lastLarge = large.at(-1) ?? 0;
  const tail = small.filter((key) => key > lastLarge);
  if (tail.length < SMALL_CHUNKS) return { small: tail, hasSegments: false };
  const [first] = large;
  const chunk = first === undefined ? undefined : await db.chunks.get(first);
  return { small: tail, hasSegments: chunk !== undefined && isSegment(chunk) };
}

const NONE: ReadonlyMap<number, Segment> = new Map();

/** In order of their numbers, without those that were read already. */
async function chunksOf(db: CacheDatabase, space: string, but = NONE): Promise<StoredChunk[]> {
  const ofSpace = db.chunks.where('space').equals(space);
  if (but.size === 0) return ofSpace.sortBy('n');
  const numbers = ((await ofSpace.primaryKeys()) as number[]).filter((n) => !but.has(n));
  return (await db.chunks.bulkGet(numbers)).filter((chunk) => chunk !== undefined);
}

const inSegments = (chunks: readonly StoredChunk[]): number =>
  chunks.filter(isSegment).reduce((sum, { rows }) => sum + rows, 0);

async function rawChunk(db: CacheDatabase, n: number): Promise<RawChunk | undefined> {
  const chunk = await db.chunks.get(n);
  return chunk && withPieces(db, chunk);
}

/** The same as was read before this transaction: nobody has written it anew in between. */
function isStill(now: StoredChunk | undefined, before: StoredChunk): boolean {
  if (now === undefined || now.rows !== before.rows || isSegment(now) !== isSegment(before)) return false;
  if (!isSegment(now) || !isSegment(before)) return true;
  return now.segment.digest === before.segment.digest && now.segment.build === before.segment.build;
}

/** What a space has, its log played from the beginning: whole where it is not large. */
export async function readRows(
  db: CacheDatabase,
  space: string,
  made: MadeBy,
): Promise<LoadedRows & { loose: Loose[] }> {
  // In one step: another tab may be tidying it, or letting go of it.
  const { chunks, gathered, all } = await db.transaction('r', [db.chunks, db.pieces], async () => {
    const gathered = await readGathered(db, space, made.build);
    const chunks = await chunksOf(db, space, gathered);
    if (gathered.size > 0 || inSegments(chunks) > HELD_WHOLE) return { chunks, gathered, all: null };
    return { chunks, gathered, all: await Promise.all(chunks.map((chunk) => withPieces(db, chunk))) };
  });
  const before = [...gathered.values()];
  const stored = [...chunks.map(({ rows }) => rows), ...before.map(({ vers }) => vers.length)].reduce(
    (sum, rows) => sum + rows,
    0,
  );
  if (all !== null) {
    const rows = (await Promise.all(all.map(rowsOfRaw))).flat();
    return { segments: [], rows: latest(rows).filter(isLive), stored, loose: [] };
  }
  const segments: Segment[] = [];
  const whole: StoredRow[] = [];
  for (const chunk of chunks) {
    if (isWhole(chunk)) whole.push(...rowsOf(chunk));
    else if (chunk.segment.build === made.build) segments.push({ ...chunk.segment, n: chunk.n });
    else {
      const anew = await makeAnew(db, chunk, made);
      if (Array.isArray(anew)) whole.push(...anew);
      else segments.push(anew);
    }
  }
  const loose = segments.map(({ n, vers }): Loose => ({ n, rows: vers.length }));
  return { segments: [...before, ...segments], rows: latest(whole), stored, loose };
}

/** Another build may have other lists; its rows where they can have none of this one's. */
async function makeAnew(db: CacheDatabase, { n, space }: SegmentChunk, made: MadeBy): Promise<Segment | StoredRow[]> {
  const tables = [db.chunks, db.pieces];
  const raw = await db.transaction('r', tables, () => rawChunk(db, n));
  if (raw === undefined) return [];
  const rows = await rowsOfRaw(raw);
  try {
    return await db.transaction('rw', tables, async () => {
      if (!isSegment(raw.chunk) || !isStill(await db.chunks.get(n), raw.chunk)) return rows;
      return (await putAnew(db, { n, space }, rows, made)) ?? rows;
    });
  } catch (error) {
    // There is no room for them now: they are made at a later start.
    if (!isStorageFull(error)) throw error;
    return rows;
  }
}

/**
 * Takes out what a later chunk has overridden, oldest chunk first and each in a transaction of its own, so that a
 * save never waits behind it. At every step the log plays to the same rows; a chunk that is gone stays gone.
 */
export async function tidyRows(db: CacheDatabase, space: string, made: MadeBy): Promise<void> {
  const versions = new Map<string, number>();
  const numbers: number[] = [];
  for (const chunk of await chunksOf(db, space)) {
    numbers.push(chunk.n);
    for (const row of keysOf(chunk)) {
      if (row.isLive) versions.set(row.key, row.ver);
      else versions.delete(row.key);
    }
  }
  for (const n of numbers) {
    const raw = await db.transaction('r', [db.chunks, db.pieces], () => rawChunk(db, n));
    if (raw === undefined) continue;
    const { chunk } = raw;
    const rows = await rowsOfRaw(raw);
    const kept = rows.filter((row) => isLive(row) && versions.get(keyOf(row)) === row.ver);
    if (kept.length === rows.length) continue;
    await db.transaction('rw', [db.chunks, db.pieces], async () => {
      if (isStill(await db.chunks.get(n), chunk)) await rewrite(db, chunk, kept, made);
    });
  }
}

async function rewrite(db: CacheDatabase, chunk: StoredChunk, kept: StoredRow[], made: MadeBy): Promise<void> {
  const { n, space } = chunk;
  if (kept.length > 0 && isSegment(chunk) && (await putAnew(db, chunk, kept, made)) !== null) return;
  if (isSegment(chunk)) await Promise.all([dropPieces(db, [n]), dropGathered(db, [space])]);
  if (kept.length === 0) await db.chunks.delete(n);
  else await db.chunks.put({ n, space, ...wholeChunk(kept) });
}

function keysOf(chunk: StoredChunk): { key: string; ver: number; isLive: boolean }[] {
  if (!isSegment(chunk)) return rowsOf(chunk).map((row) => ({ key: keyOf(row), ver: row.ver, isLive: isLive(row) }));
  const { kind, ids, vers } = chunk.segment;
  return unpackIds(ids).map((id, row) => ({ key: `${kind} ${id}`, ver: vers[row]!, isLive: true }));
}
