import { PIECE_ROWS } from '../../protocol/sync-packed.ts';
import type { Lines } from '../../protocol/sync-lines.ts';

/** Lines of one kind, or of tombstones where it is null, in pieces of neighbours. */
export interface LinesPart {
  kind: string | null;
  count: number;
  pieces: Uint8Array[];
}

const TAB = 9;
const NEWLINE = 10;

/** Runs of neighbouring lines, from a place to another. */
class PartUnderWay {
  count = 0;
  private readonly pieces: [from: number, to: number][][] = [];

  add(from: number, to: number): void {
    if (this.count % PIECE_ROWS === 0) this.pieces.push([]);
    this.count += 1;
    const runs = this.pieces.at(-1)!;
    const last = runs.at(-1);
    if (last?.[1] === from) last[1] = to;
    else runs.push([from, to]);
  }

  made(kind: string | null, bytes: Buffer): LinesPart {
    const pieces = this.pieces.map((runs) => {
      const cut = runs.map(([from, to]) => bytes.subarray(from, to));
      return cut.length === 1 ? cut[0]! : Buffer.concat(cut);
    });
    return { kind, count: this.count, pieces };
  }
}

/** Lines by what a phone stores together: each kind apart, and the tombstones. Neighbours are mostly of one kind. */
export function splitLines({ count, bytes: lines }: Lines): LinesPart[] {
  const bytes = Buffer.from(lines.buffer, lines.byteOffset, lines.byteLength);
  const parts = new Map<string | null, PartUnderWay>();
  for (let n = 0, from = 0; n < count; n++) {
    const end = bytes.indexOf(NEWLINE, from);
    const isGone = bytes[end - 1] === TAB;
    const kind = isGone ? null : bytes.toString('utf8', from, bytes.indexOf(TAB, from));
    const part = parts.get(kind) ?? new PartUnderWay();
    parts.set(kind, part);
    part.add(from, end + 1);
    from = end + 1;
  }
  return [...parts].map(([kind, part]) => part.made(kind, bytes));
}
