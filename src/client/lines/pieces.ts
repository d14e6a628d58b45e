import type { StoredRow } from '../../sync/ports.ts';
import type { NewSegment } from '../../sync/segment.ts';
import { packLines } from './pack-lines.ts';
import { readRows } from './read-rows.ts';

/** So many lines lie together: some of them are mostly shown together, and the others cost little. */
export const PIECE_ROWS = 128;

/** The lines of a segment, as they lie in the store. */
export function piecesOf(rows: readonly StoredRow[]): Uint8Array<ArrayBuffer>[] {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let from = 0; from < rows.length; from += PIECE_ROWS) {
    pieces.push(packLines(rows.slice(from, from + PIECE_ROWS)));
  }
  return pieces;
}

/** What the rows of these pieces say: each piece is decoded as a whole, for one after the other takes longer. */
export function textsIn(pieces: readonly Uint8Array[], rows: readonly StoredRow[]): string[] {
  const decoder = new TextDecoder();
  const lines = pieces.flatMap((piece) => decoder.decode(piece).split('\n').slice(0, -1));
  return lines.map((line, n) => line.slice(line.indexOf('\t', rows[n]!.k.length + rows[n]!.id.length + 2) + 1));
}

/** The rows of some pieces of a segment, each with its number; fewer where a line is missing. */
export const rowsInPieces = (
  pieces: readonly { piece: number; lines: Uint8Array }[],
  { contents }: Pick<NewSegment, 'contents'>,
): StoredRow[] =>
  pieces.flatMap(({ piece, lines }) => {
    const own = contents.subarray(piece * PIECE_ROWS, (piece + 1) * PIECE_ROWS);
    return readRows(lines, 0, own.length, own)?.rows ?? [];
  });
