import type { CachePage, StoredRow } from '../../src/sync/cache-port.ts';

/** All rows of a page whole, those that are in segments among them. */
export async function wholeRows({
  rows,
  segments = [],
}: Pick<CachePage, 'rows' | 'segments'>): Promise<readonly StoredRow[]> {
  const inSegments = await Promise.all(segments.map((made) => made.rows()));
  return [...rows, ...inSegments.flat()];
}
