import type { Transaction } from 'kysely';
import type { Lines } from '../../protocol/sync-lines.ts';
import { MANY_ROWS } from '../../protocol/sync-packed.ts';
import type { Database } from '../db/schema.ts';
import type { PackedPages, PackedRows } from './packed-pages.ts';
import { endOf, type Position } from './pull-cursor.ts';
import { countRows, isMoreBehind, readLines, readLinesUpTo } from './read-lines.ts';

/** Lines of a page that may be packed. */
export interface LinesToPack extends Lines {
  /** It was packed before, and no bytes were read. */
  packed?: PackedRows;
  /** Under which name, and as what, others find it once it is packed. */
  share?: { from: string; last: Position };
}

/** What was packed of this database, in this run: in another one a version may be of other rows [RS6]. */
export interface PackedBefore {
  pages: PackedPages;
  epoch: string;
  run: string;
}

interface PageToPack {
  lines: LinesToPack;
  moreAfter: Position | null;
}

export interface Wanted {
  space: string;
  after: Position;
  upTo: number;
  limit: number;
  /** The last page of many is one of them too. */
  isUnderWay: boolean;
}

/**
 * The next rows of a space as `readLines` reads them; not read where they are packed already. A page goes as far as the one
 * that was packed from the same place on, though some of its rows have moved on since: the pages behind it stay the same.
 */
export async function readToPack(
  trx: Transaction<Database>,
  { pages, epoch, run }: PackedBefore,
  { space, after, upTo, limit, isUnderWay }: Wanted,
): Promise<PageToPack> {
  const from = JSON.stringify([epoch, run, space, after]);
  const known = limit === 0 ? undefined : pages.find(from);
  if (known !== undefined && known.last.ver <= upTo) {
    const { last } = known;
    const moreAfter = (await isMoreBehind(trx, space, last, upTo)) ? last : null;
    const count = moreAfter || isUnderWay ? await countRows(trx, space, after, last) : 0;
    if (count === known.count) return { lines: { count, bytes: new Uint8Array(), packed: known }, moreAfter };
    if (count >= MANY_ROWS) {
      const lines = await readLinesUpTo(trx, space, after, last);
      return { lines: { ...lines, share: { from, last } }, moreAfter };
    }
  }
  const { lines, moreAfter } = await readLines(trx, space, after, upTo, limit);
  if (lines.count < MANY_ROWS || !(moreAfter || isUnderWay)) return { lines, moreAfter };
  return { lines: { ...lines, share: { from, last: moreAfter ?? endOf(upTo) } }, moreAfter };
}
