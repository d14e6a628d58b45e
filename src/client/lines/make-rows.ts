import { makeSegment } from '../../sync/build-segment.ts';
import type { Piece, StoredRow } from '../../sync/cache-port.ts';
import { splitRows } from '../../sync/segment.ts';
import type { MadeBy, NewSegment } from '../../sync/segment.ts';
import { piecesOf, textsIn } from './pieces.ts';

/** Columns and lines of live rows of one kind. */
export interface SegmentLines {
  segment: NewSegment;
  pieces: readonly Piece[];
}

/** Null where no list of this build can take one of them: the server is ahead of it, and they are kept whole. */
export function makeLines(rows: readonly StoredRow[], made: MadeBy): SegmentLines | null {
  const lines = piecesOf(rows);
  try {
    const segment = makeSegment(rows, textsIn(lines, rows), made);
    return { segment, pieces: lines.map((piece) => ({ lines: piece })) };
  } catch {
    return null;
  }
}

/** Segments of those that may be in one, and the others. */
export function makeRows(rows: readonly StoredRow[], made: MadeBy): { segments: SegmentLines[]; others: StoredRow[] } {
  const split = splitRows(rows);
  const segments: SegmentLines[] = [];
  const others = [...split.others];
  for (const group of split.segments) {
    const lines = makeLines(group, made);
    if (lines === null) others.push(...group);
    else segments.push(lines);
  }
  return { segments, others };
}
