import { contentHashOfUtf8 } from '../../protocol/digest.ts';
import { buildSegment } from '../../sync/build-segment.ts';
import type { ComingRow } from '../../sync/build-segment.ts';
import { fitsSegment, isColdKind } from '../../sync/segment.ts';
import type { MadeBy } from '../../sync/segment.ts';
import type { SegmentLines } from './make-rows.ts';
import { PIECE_ROWS } from './pieces.ts';
import { kindReader, partsAt } from './read-rows.ts';

/** All of a page of many, as it is stored, in plain data with memory of its own: it may go from one thread to another. */
export interface PageLines {
  segments: SegmentLines[];
  others: { lines: Uint8Array<ArrayBuffer>; count: number };
}

/** Where lines begin and end, each with its end: neighbours are copied as one run. */
class Lines {
  readonly places: number[] = [];
  /** `contentHash` of each. */
  readonly contents: number[] = [];

  add(from: number, to: number, content: number): void {
    this.places.push(from, to);
    this.contents.push(content);
  }

  addAll({ places, contents }: Lines): void {
    for (const [n, content] of contents.entries()) this.add(places[n * 2]!, places[n * 2 + 1]!, content);
  }

  get count(): number {
    return this.contents.length;
  }

  copy(bytes: Uint8Array, first: number, count: number): Uint8Array<ArrayBuffer> {
    const { places } = this;
    const end = Math.min(this.count, first + count) * 2;
    let size = 0;
    for (let n = first * 2; n < end; n += 2) size += places[n + 1]! - places[n]!;
    const copied = new Uint8Array(size);
    let at = 0;
    for (let n = first * 2; n < end;) {
      const from = places[n]!;
      for (n += 2; n < end && places[n] === places[n - 1];) n += 2;
      copied.set(bytes.subarray(from, places[n - 1]), at);
      at += places[n - 1]! - from;
    }
    return copied;
  }

  inPieces(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
    return Array.from({ length: Math.ceil(this.count / PIECE_ROWS) }, (_, n) =>
      this.copy(bytes, n * PIECE_ROWS, PIECE_ROWS),
    );
  }
}

/** Each piece is made text as a whole, for one line after the other takes longer. */
function* rowsIn(kind: string, pieces: readonly Uint8Array[], { contents }: Lines): Generator<ComingRow> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let row = 0;
  for (const piece of pieces) {
    const lines = decoder.decode(piece);
    for (let from = 0; from < lines.length;) {
      const id = from + kind.length + 1;
      const ver = lines.indexOf('\t', id) + 1;
      const text = lines.indexOf('\t', ver) + 1;
      const to = lines.indexOf('\n', text);
      yield {
        id: lines.slice(id, ver - 1),
        ver: Number(lines.slice(ver, text - 1)),
        content: contents[row++]!,
        text: lines.slice(text, to),
      };
      from = to + 1;
    }
  }
}

/** Null where no list of this build can take one of them: the server is ahead of it, and they are kept whole. */
function segmentOf(bytes: Uint8Array, kind: string, lines: Lines, made: MadeBy): SegmentLines | null {
  const pieces = lines.inPieces(bytes);
  try {
    return { segment: buildSegment(kind, lines.count, rowsIn(kind, pieces, lines), made), pieces };
  } catch {
    return null;
  }
}

/** Makes all that a page of many is stored as, of so many lines, which were looked at. */
export function makePage(bytes: Uint8Array, count: number, made: MadeBy): PageLines {
  const byKind = new Map<string, Lines>();
  const others = new Lines();
  const kindAt = kindReader(bytes);
  let end = 0;
  for (let n = 0; n < count; n++) {
    const part = partsAt(bytes, end);
    if (part === null) throw new Error('no line');
    end = part.to + 1;
    const kind = kindAt(part);
    const isCold = part.textFrom < part.to && isColdKind(kind);
    const lines = isCold ? (byKind.get(kind) ?? new Lines()) : others;
    if (isCold) byKind.set(kind, lines);
    lines.add(part.from, end, isCold ? contentHashOfUtf8(bytes, part.textFrom, part.to) : 0);
  }
  const segments: SegmentLines[] = [];
  for (const [kind, lines] of byKind) {
    const segment = fitsSegment(lines.count) ? segmentOf(bytes, kind, lines, made) : null;
    if (segment !== null) segments.push(segment);
    else others.addAll(lines);
  }
  return { segments, others: { lines: others.copy(bytes, 0, others.count), count: others.count } };
}
