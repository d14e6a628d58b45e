import type { BodyPlace, StoredRow } from '../../sync/ports.ts';
import { makeSegment } from '../../sync/segment.ts';
import type { MadeBy, NewSegment, Segment } from '../../sync/segment.ts';
import { packLines } from '../lines/pack-lines.ts';
import { readRowAt, readRows } from '../lines/read-rows.ts';
import { isSegment } from './cache-database.ts';
import type { CacheDatabase, SegmentChunk } from './cache-database.ts';
import { DamagedCache, rowsOf } from './chunk-rows.ts';

/** So many lines lie together: some of them are mostly shown together, and the others cost little. */
const PIECE_ROWS = 128;

const piecesOf = (n: number): [[number, number], [number, number]] => [
  [n, 0],
  [n, Number.MAX_SAFE_INTEGER],
];

/**
 * Writes live rows of one kind, inside the caller's transaction; under a number of before where one is given. Null where
 * no list of this build can take one of them: the server is ahead of it, and they are kept whole.
 */
export async function putSegment(
  db: CacheDatabase,
  space: string,
  rows: readonly StoredRow[],
  made: MadeBy,
  under?: number,
): Promise<Segment | null> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; from < rows.length; from += PIECE_ROWS) {
    pieces.push(packLines(rows.slice(from, from + PIECE_ROWS)));
  }
  const segment = tryToMake(rows, textsIn(pieces, rows), made);
  if (segment === null) return null;
  const chunk: Omit<SegmentChunk, 'n'> = { space, small: 0, rows: rows.length, segment };
  const n = under === undefined ? await db.chunks.add(chunk) : await db.chunks.put({ ...chunk, n: under });
  if (under !== undefined) await dropPieces(db, [n]);
  await db.pieces.bulkAdd(pieces.map((lines, piece) => ({ n, piece, lines })));
  return { ...segment, n };
}

function tryToMake(rows: readonly StoredRow[], texts: readonly string[], made: MadeBy): NewSegment | null {
  try {
    return makeSegment(rows, texts, made);
  } catch {
    return null;
  }
}

/** What the rows of these pieces say: each piece is decoded as a whole, for one after the other takes longer. */
function textsIn(pieces: readonly Uint8Array[], rows: readonly StoredRow[]): string[] {
  const decoder = new TextDecoder();
  const lines = pieces.flatMap((piece) => decoder.decode(piece).split('\n').slice(0, -1));
  return lines.map((line, n) => line.slice(line.indexOf('\t', rows[n]!.k.length + rows[n]!.id.length + 2) + 1));
}

export async function dropPieces(db: CacheDatabase, numbers: readonly number[]): Promise<void> {
  for (const n of numbers)
    await db.pieces
      .where('[n+piece]')
      .between(...piecesOf(n), true, true)
      .delete();
}

/** All rows of a segment, whole. Throws where a line is missing. */
export async function rowsOfSegment(db: CacheDatabase, { n, rows, segment }: SegmentChunk): Promise<StoredRow[]> {
  const pieces = await db.pieces
    .where('[n+piece]')
    .between(...piecesOf(n), true, true)
    .toArray();
  const read = pieces.flatMap(({ piece, lines }) => {
    const from = piece * PIECE_ROWS;
    const contents = segment.contents.subarray(from, from + PIECE_ROWS);
    return readRows(lines, 0, Math.min(PIECE_ROWS, rows - from), contents)?.rows ?? [];
  });
  if (read.length !== rows) throw new DamagedCache('a segment');
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
    rows.push(...(isSegment(chunk) ? await rowsOfSegment(db, chunk) : rowsOf(chunk)));
  }
  return { segments, rows };
}

/** Undefined for each that is not there. */
export async function readBodies(db: CacheDatabase, places: readonly BodyPlace[]): Promise<(StoredRow | undefined)[]> {
  const nameOf = ({ n, row }: BodyPlace): string => `${n} ${Math.floor(row / PIECE_ROWS)}`;
  const names = [...new Set(places.map(nameOf))];
  const keys = names.map((name) => name.split(' ').map(Number) as [number, number]);
  const found = await db.pieces.bulkGet(keys);
  const lines = new Map(names.map((name, at) => [name, found[at]?.lines]));
  return places.map((place) => {
    const piece = lines.get(nameOf(place));
    return piece && readRowAt(piece, place.row % PIECE_ROWS);
  });
}
