import { isLive } from '../../protocol/sync-lines.ts';
import { contentOf } from '../../sync/row-content.ts';
import type { StoredRow } from '../../sync/cache-port.ts';
import { packLines } from '../lines/pack-lines.ts';
import { readRows } from '../lines/read-rows.ts';
import type { WholeChunk } from './cache-database.ts';

/** From here on a chunk stays as it was written. */
export const LARGE_CHUNK = 125;

export const wholeChunk = (rows: readonly StoredRow[]): Omit<WholeChunk, 'n' | 'space'> => ({
  small: rows.length < LARGE_CHUNK ? 1 : 0,
  rows: rows.length,
  lines: packLines(rows),
  contents: Float64Array.from(rows, (row) => (isLive(row) ? contentOf(row) : 0)),
});

/** Lines are not what was written. */
export class DamagedCache extends Error {
  override readonly name = 'DamagedCache';
}

/** Throws where the lines are not what was written. Of a small one the first list needs all, to know where they stand. */
export function rowsOf({ lines, rows, contents, small }: Omit<WholeChunk, 'n' | 'space'>): StoredRow[] {
  const read = readRows(lines, 0, rows, contents, small === 1);
  if (read === null) throw new DamagedCache('a chunk');
  return read.rows;
}
