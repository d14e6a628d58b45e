import type { PagePart } from '../../src/client/lines/make-page.ts';
import { packLines } from '../../src/client/lines/pack-lines.ts';
import { isLive } from '../../src/protocol/sync-lines.ts';
import { PIECE_ROWS } from '../../src/protocol/sync-packed.ts';
import type { StoredRow } from '../../src/sync/cache-port.ts';

const BLOCK_BYTES = 0xffff;

/** Blocks of deflate that say what they say as it is: a browser packs nothing. */
export function packAsItIs(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks: number[] = [];
  for (let from = 0; from < bytes.length; from += BLOCK_BYTES) {
    const block = bytes.subarray(from, from + BLOCK_BYTES);
    const [low, high] = [block.length & 255, block.length >> 8];
    blocks.push(0, low, high, low ^ 255, high ^ 255, ...block);
  }
  return Uint8Array.from(blocks);
}

/** The parts of a page with these rows, as a server makes them. */
export function packRows(rows: readonly StoredRow[]): PagePart[] {
  const byKind = Map.groupBy(rows, (row) => (isLive(row) ? row.k : null));
  return [...byKind].map(([kind, own]) => ({
    kind,
    count: own.length,
    pieces: Array.from({ length: Math.ceil(own.length / PIECE_ROWS) }, (_, n) =>
      packAsItIs(packLines(own.slice(n * PIECE_ROWS, (n + 1) * PIECE_ROWS))),
    ),
  }));
}
