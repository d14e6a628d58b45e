import { PIECE_ROWS } from '../../protocol/sync-packed.ts';
import type { BodyPlace, Piece, StoredRow } from '../../sync/cache-port.ts';
import type { MadeBy, Segment } from '../../sync/segment.ts';
import { makeLines } from '../lines/make-rows.ts';
import type { SegmentLines } from '../lines/make-rows.ts';
import { linesOf, rowsInPieces } from '../lines/pieces.ts';
import { readRowAt } from '../lines/read-rows.ts';
import { isSegment } from './cache-database.ts';
import type { CacheDatabase, SegmentChunk, StoredChunk } from './cache-database.ts';
import { DamagedCache, rowsOf } from './chunk-rows.ts';
import { dropGathered } from './gathered-columns.ts';

const keysOf = (n: number): [[number, number], [number, number]] => [
  [n, 0],
  [n, Number.MAX_SAFE_INTEGER],
];

/** Writes a segment, inside the caller's transaction; under a number of before where one is given. */
export async function putSegment(
  db: CacheDatabase,
  space: string,
  { segment, pieces }: SegmentLines,
  under?: number,
): Promise<Segment> {
  const chunk: Omit<SegmentChunk, 'n'> = { space, small: 0, rows: segment.vers.length, segment };
  const n = under === undefined ? await db.chunks.add(chunk) : await db.chunks.put({ ...chunk, n: under });
  if (under !== undefined) await Promise.all([dropPieces(db, [n]), dropGathered(db, [space])]);
  await db.pieces.bulkAdd(pieces.map((one, piece) => ({ n, piece, ...one })));
  return { ...segment, n };
}

/** Makes one anew of its rows, and writes it under its number; null where it cannot be made. */
export async function putAnew(
  db: CacheDatabase,
  { n, space }: Pick<SegmentChunk, 'n' | 'space'>,
  rows: readonly StoredRow[],
  made: MadeBy,
): Promise<Segment | null> {
  const lines = makeLines(rows, made);
  return lines && putSegment(db, space, lines, n);
}

export async function dropPieces(db: CacheDatabase, numbers: readonly number[]): Promise<void> {
  for (const n of numbers)
    await db.pieces
      .where('[n+piece]')
      .between(...keysOf(n), true, true)
      .delete();
}

/** A chunk as it lies there, with the pieces of its own where it is a segment. */
export interface RawChunk {
  chunk: StoredChunk;
  pieces: readonly Piece[];
}

export async function withPieces(db: CacheDatabase, chunk: StoredChunk): Promise<RawChunk> {
  if (!isSegment(chunk)) return { chunk, pieces: [] };
  const pieces = db.pieces.where('[n+piece]').between(...keysOf(chunk.n), true, true);
  return { chunk, pieces: await pieces.toArray() };
}

/** What a chunk has, whole; never inside a transaction, which would end while pieces are inflated. Throws where a line is missing. */
export async function rowsOfRaw({ chunk, pieces }: RawChunk): Promise<StoredRow[]> {
  if (!isSegment(chunk)) return rowsOf(chunk);
  const read = await rowsInPieces(pieces, chunk.segment).catch(() => []);
  if (read.length !== chunk.rows) throw new DamagedCache('a segment');
  return read;
}

/**
 * What a page left, as it was told to another tab; null where it is not there any more. Columns of another build, whose
 * tab wrote it, say nothing here: its rows are taken whole.
 */
export async function readStored(
  db: CacheDatabase,
  space: string,
  numbers: readonly number[],
  { build }: Pick<MadeBy, 'build'>,
): Promise<{ segments: Segment[]; rows: StoredRow[] } | null> {
  const segments: Segment[] = [];
  const rows: StoredRow[] = [];
  for (const chunk of await db.chunks.bulkGet([...numbers])) {
    if (chunk?.space !== space) return null;
    if (isSegment(chunk) && chunk.segment.build === build) segments.push({ ...chunk.segment, n: chunk.n });
    else rows.push(...(await rowsOfRaw(await withPieces(db, chunk))));
  }
  return { segments, rows };
}

/** Undefined for each that is not there. */
export async function readBodies(db: CacheDatabase, places: readonly BodyPlace[]): Promise<(StoredRow | undefined)[]> {
  const nameOf = ({ n, row }: BodyPlace): string => `${n} ${Math.floor(row / PIECE_ROWS)}`;
  const names = [...new Set(places.map(nameOf))];
  const keys = names.map((name) => name.split(' ').map(Number) as [number, number]);
  const found = await db.pieces.bulkGet(keys);
  const lines = await Promise.all(found.map(async (piece) => piece && linesOf(piece).catch(() => undefined)));
  const linesAt = new Map(names.map((name, at) => [name, lines[at]]));
  return places.map((place) => {
    const piece = linesAt.get(nameOf(place));
    return piece && readRowAt(piece, place.row % PIECE_ROWS);
  });
}
