import { contentHashOfUtf8 } from '../../protocol/digest.ts';
import { PIECE_ROWS } from '../../protocol/sync-packed.ts';
import { buildSegment } from '../../sync/build-segment.ts';
import type { ComingRow } from '../../sync/build-segment.ts';
import { fitsSegment, isColdKind } from '../../sync/segment.ts';
import type { MadeBy, NewSegment } from '../../sync/segment.ts';
import { inflateInto, Scratch } from './inflate.ts';
import { joinBytes } from './join-bytes.ts';
import { kindReader, partsAt, readRows } from './read-rows.ts';

/** Rows of a page as they came: the live ones of one kind, or the tombstones; their lines deflated in pieces. */
export interface PagePart {
  kind: string | null;
  count: number;
  pieces: readonly Uint8Array<ArrayBuffer>[];
}

/** What a page of many is stored as, in plain data with memory of its own: it may go from one thread to another. */
export interface PageLines {
  /** Each of one part, of which the pieces are stored as they came. */
  segments: { part: number; segment: NewSegment }[];
  others: { lines: Uint8Array<ArrayBuffer>; count: number };
}

/** Lines are not what was told of them. */
class NoLines extends Error {
  override readonly name = 'NoLines';
}

/** Where each line begins, and where the last ends. */
function beginningsOf(bytes: Uint8Array, { kind, count, pieces }: PagePart): { from: number[]; contents: number[] } {
  const kindAt = kindReader(bytes);
  const [from, contents] = [[0], [] as number[]];
  for (let n = 0; n < count; n++) {
    const part = partsAt(bytes, from[n]!);
    if (part === null || part.textFrom === part.to || kindAt(part) !== kind) throw new NoLines();
    contents.push(contentHashOfUtf8(bytes, part.textFrom, part.to));
    from.push(part.to + 1);
  }
  if (from[count] !== bytes.length || pieces.length !== Math.ceil(count / PIECE_ROWS)) throw new NoLines();
  return { from, contents };
}

/** So many lines are made text together: one after the other takes longer, and so do all at once. */
const LINES_AT_ONCE = 128;

function* rowsIn(bytes: Uint8Array, kind: string, from: number[], contents: number[]): Generator<ComingRow> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const count = contents.length;
  for (let first = 0; first < count; first += LINES_AT_ONCE) {
    const end = Math.min(first + LINES_AT_ONCE, count);
    const lines = decoder.decode(bytes.subarray(from[first], from[end]));
    for (let n = first, at = 0; n < end; n++) {
      const id = at + kind.length + 1;
      const ver = lines.indexOf('\t', id) + 1;
      const text = lines.indexOf('\t', ver) + 1;
      const to = lines.indexOf('\n', text);
      yield {
        id: lines.slice(id, ver - 1),
        ver: Number(lines.slice(ver, text - 1)),
        content: contents[n]!,
        text: lines.slice(text, to),
      };
      at = to + 1;
    }
  }
}

/** Null where no list of this build can take one of them: the server is ahead of it, and they are kept whole. */
function segmentOf(bytes: Uint8Array, kind: string, part: PagePart, made: MadeBy): NewSegment | null {
  const { from, contents } = beginningsOf(bytes, part);
  try {
    return buildSegment(kind, part.count, rowsIn(bytes, kind, from, contents), made);
  } catch {
    return null;
  }
}

/**
 * Makes all that a page of many is stored as; nothing of it lies in `scratch`, which may be used again afterwards. Throws
 * where its lines are not what was told of them.
 */
export async function makePage(parts: readonly PagePart[], made: MadeBy, scratch = new Scratch()): Promise<PageLines> {
  const segments: PageLines['segments'] = [];
  const others: Uint8Array[] = [];
  let count = 0;
  for (const [n, part] of parts.entries()) {
    const bytes = await inflateInto(scratch, part.pieces);
    const { kind } = part;
    const isCold = kind !== null && isColdKind(kind) && fitsSegment(part.count);
    const segment = isCold ? segmentOf(bytes, kind, part, made) : null;
    if (segment !== null) segments.push({ part: n, segment });
    else {
      if (readRows(bytes, 0, part.count)?.end !== bytes.length) throw new NoLines();
      others.push(bytes.slice());
      count += part.count;
    }
  }
  return { segments, others: { lines: joinBytes(others), count } };
}
