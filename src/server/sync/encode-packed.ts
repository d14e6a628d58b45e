import { promisify } from 'node:util';
import { constants, deflateRaw } from 'node:zlib';
import type { LinesResponse } from '../../protocol/sync-lines.ts';
import { HEAD_SIZE_BYTES, MANY_ROWS } from '../../protocol/sync-packed.ts';
import { splitLines } from './split-lines.ts';

/** The quickest: a phone that is filled for the first time waits for it, and the next level saves a tenth. */
const OPTIONS = { level: 1, finishFlush: constants.Z_FULL_FLUSH };
const deflate = promisify(deflateRaw);
const pack = (bytes: Uint8Array): Promise<Uint8Array> => deflate(bytes, OPTIONS);

/** One after the other: each takes a quarter of a megabyte while it is packed, and of threads there are four for all. */
async function packAll(pieces: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const packed: Uint8Array[] = [];
  for (const piece of pieces) packed.push(await pack(piece));
  return packed;
}

/** Whether it brings one of many pages; else it is sent whole sooner than in pieces. */
export const isWorthPacking = ({ pages }: LinesResponse): boolean =>
  pages.some(({ done, lines }) => !done && lines.count >= MANY_ROWS);

/** The answer in the parts that are sent: the length of its head, its head, and the pieces of its pages. */
export async function encodePacked(response: LinesResponse): Promise<Uint8Array[]> {
  const parts = response.pages.map(({ lines }) => splitLines(lines));
  const packed: Uint8Array[][] = [];
  for (const { pieces } of parts.flat()) packed.push(await packAll(pieces));
  let at = 0;
  const pages = response.pages.map(({ lines: _, ...page }, n) => ({
    ...page,
    rows: [],
    parts: parts[n]!.map(({ kind, count }) => ({ kind, count, pieces: packed[at++]!.map(({ length }) => length) })),
  }));
  const head = await pack(Buffer.from(JSON.stringify({ ...response, pages })));
  const size = Buffer.alloc(HEAD_SIZE_BYTES);
  size.writeUInt32BE(head.length);
  return [size, head, ...packed.flat()];
}
