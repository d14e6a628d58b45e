import { PIECE_ROWS } from '../../protocol/sync-packed.ts';
import type { Piece, StoredRow } from '../../sync/cache-port.ts';
import type { NewSegment } from '../../sync/segment.ts';
import { inflate } from './inflate.ts';
import { packLines } from './pack-lines.ts';
import { readRows } from './read-rows.ts';

/** The lines of rows, some of them together. */
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

export const linesOf = async (piece: Piece): Promise<Uint8Array<ArrayBuffer>> =>
  'lines' in piece ? piece.lines : inflate([piece.packed]);

/** The rows of a segment, of which these are all pieces in order; fewer where a line is missing. */
export async function rowsInPieces(
  pieces: readonly Piece[],
  { contents }: Pick<NewSegment, 'contents'>,
): Promise<StoredRow[]> {
  const packed = pieces.flatMap((piece) => ('packed' in piece ? [piece.packed] : []));
  // All of them as one stream: to begin one takes as long as a piece.
  if (packed.length === pieces.length) return readRows(await inflate(packed), 0, contents.length, contents)?.rows ?? [];
  const lines = await Promise.all(pieces.map(linesOf));
  return lines.flatMap((piece, n) => {
    const own = contents.subarray(n * PIECE_ROWS, (n + 1) * PIECE_ROWS);
    return readRows(piece, 0, own.length, own)?.rows ?? [];
  });
}
