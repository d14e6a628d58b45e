import type { CachePage, StoredRow } from './ports.ts';

type Rows = Pick<CachePage, 'rows' | 'segments'>;

export const rowCount = ({ rows, segments = [] }: Rows): number =>
  segments.reduce((sum, { segment }) => sum + segment.vers.length, rows.length);

/** All of them whole, those that are in segments among them. */
export async function wholeRows({ rows, segments = [] }: Rows): Promise<readonly StoredRow[]> {
  const inSegments = await Promise.all(segments.map((made) => made.rows()));
  return [...rows, ...inSegments.flat()];
}
