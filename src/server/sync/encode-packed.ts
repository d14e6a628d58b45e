import { promisify } from 'node:util';
import { constants, deflateRaw } from 'node:zlib';
import type { LinesResponse } from '../../protocol/sync-lines.ts';
import { HEAD_SIZE_BYTES } from '../../protocol/sync-packed.ts';
import type { PackedPages, PackedPart } from './packed-pages.ts';
import type { LinesToPack } from './read-to-pack.ts';
import { splitLines } from './split-lines.ts';

/** An answer of which pages may be packed. */
interface Packable extends Omit<LinesResponse, 'pages'> {
  pages: (Omit<LinesResponse['pages'][number], 'lines'> & { lines: LinesToPack })[];
}

/** The quickest: a phone that is filled for the first time waits for it, and the next level saves a tenth. */
const OPTIONS = { level: 1, finishFlush: constants.Z_FULL_FLUSH };
const deflate = promisify(deflateRaw);
/** In memory of its own: what zlib answers holds on to 64 KiB, however little it is. */
const pack = async (bytes: Uint8Array): Promise<Uint8Array> => new Uint8Array(await deflate(bytes, OPTIONS));

/** One after the other: each takes a quarter of a megabyte while it is packed, and of threads there are four for all. */
async function packAll(pieces: readonly Uint8Array[]): Promise<Uint8Array[]> {
  const packed: Uint8Array[] = [];
  for (const piece of pieces) packed.push(await pack(piece));
  return packed;
}

/** Whether it brings one of many pages; else it is sent whole sooner than in pieces. */
export const isWorthPacking = ({ pages }: Packable): boolean =>
  pages.some(({ lines }) => lines.packed !== undefined || lines.share !== undefined);

async function packLines(lines: LinesToPack): Promise<PackedPart[]> {
  const parts: PackedPart[] = [];
  for (const part of splitLines(lines)) parts.push({ ...part, pieces: await packAll(part.pieces) });
  return parts;
}

async function partsOf(lines: LinesToPack, kept: PackedPages): Promise<readonly PackedPart[]> {
  const { packed, share, count } = lines;
  if (packed !== undefined) return packed.parts;
  if (share === undefined) return packLines(lines);
  return (await kept.pack(share.from, { last: share.last, count }, () => packLines(lines))).parts;
}

/**
 * The answer in the parts that are sent: the length of its head, its head, and the pieces of its pages. Never before all
 * that it says is on the disk: the next phones are told the same.
 */
export async function encodePacked(response: Packable, kept: PackedPages): Promise<Uint8Array[]> {
  const parts: (readonly PackedPart[])[] = [];
  for (const { lines } of response.pages) parts.push(await partsOf(lines, kept));
  const pages = response.pages.map(({ lines: _, ...page }, n) => ({
    ...page,
    rows: [],
    parts: parts[n]!.map(({ pieces, ...part }) => ({ ...part, pieces: pieces.map(({ length }) => length) })),
  }));
  const head = await pack(Buffer.from(JSON.stringify({ ...response, pages })));
  const size = Buffer.alloc(HEAD_SIZE_BYTES);
  size.writeUInt32BE(head.length);
  return [size, head, ...parts.flat().flatMap(({ pieces }) => pieces)];
}
