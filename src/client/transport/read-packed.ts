import * as v from 'valibot';
import type { SpaceId } from '../../domain/space/space.ts';
import { HEAD_SIZE_BYTES, MANY_ROWS, packedPartsSchema } from '../../protocol/sync-packed.ts';
import type { PackedParts } from '../../protocol/sync-packed.ts';
import { TransportError } from '../../sync/transport-port.ts';
import type { StoredRow } from '../../sync/cache-port.ts';
import { inflate } from '../lines/inflate.ts';
import type { PagePart } from '../lines/make-page.ts';
import type { MakePage } from '../lines/page-maker.ts';
import { readRows } from '../lines/read-rows.ts';
import type { ReadAnswer, ReadPage } from './read-answer.ts';

const headSchema = v.looseObject({
  pages: v.array(v.looseObject({ space: v.string(), done: v.boolean(), parts: packedPartsSchema })),
});

/** Pieces one after the other, each in memory of its own: they are stored apart. */
class Pieces {
  at: number;
  private readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(bytes: Uint8Array<ArrayBuffer>, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  take(length: number): Uint8Array<ArrayBuffer> {
    const from = this.at;
    this.at += length;
    return this.bytes.slice(from, this.at);
  }

  partsOf(parts: PackedParts): PagePart[] {
    return parts.map(({ kind, count, pieces }) => ({ kind, count, pieces: pieces.map((length) => this.take(length)) }));
  }

  get isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }
}

/** All rows of a page that is read at once; null where they are not what was told of them. */
async function rowsOf(parts: readonly PagePart[]): Promise<StoredRow[] | null> {
  const rows: StoredRow[] = [];
  for (const { count, pieces } of parts) {
    const lines = await inflate(pieces);
    const read = readRows(lines, 0, count);
    if (read?.end !== lines.length) return null;
    rows.push(...read.rows);
  }
  return rows;
}

/** Its rows are made beside; whoever takes the page hears of it where they are none. */
function oneOfMany(parts: PagePart[], count: number, make: MakePage): ReadPage {
  const made = make(parts).catch(() => {
    throw new TransportError('not_doorstep');
  });
  made.catch(() => undefined);
  return { rows: [], many: { count, made } };
}

/**
 * A packed answer; `make` makes the rows of a page that is one of many, and so is the last of a space that is `underWay`.
 * Null where something is missing, cut or too much. Throws where the head is none, or what is read at once was not packed so.
 */
export async function readPacked(
  bytes: Uint8Array<ArrayBuffer>,
  make: MakePage,
  underWay: ReadonlySet<SpaceId> = new Set(),
): Promise<ReadAnswer | null> {
  if (bytes.length < HEAD_SIZE_BYTES) return null;
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const pieces = new Pieces(bytes, HEAD_SIZE_BYTES);
  const head = new TextDecoder().decode(await inflate([pieces.take(size)]));
  const { pages, ...answer } = v.parse(headSchema, JSON.parse(head));
  const cut = pages.map(({ parts }) => pieces.partsOf(parts));
  if (!pieces.isAtEnd) return null;
  const read: ReadPage[] = [];
  for (const [n, parts] of cut.entries()) {
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    const { done, space } = pages[n]!;
    if (count >= MANY_ROWS && (!done || underWay.has(space))) read.push(oneOfMany(parts, count, make));
    else {
      const rows = await rowsOf(parts);
      if (rows === null) return null;
      read.push({ rows });
    }
  }
  return { answer: { ...answer, pages: pages.map(({ parts: _, ...page }) => page) }, pages: read };
}
