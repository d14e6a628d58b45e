import type { CachePage, StoredRow } from './ports.ts';

type Rows = Pick<CachePage, 'rows' | 'segments'>;

export const rowCount = ({ rows, segments = [] }: Rows): number =>
  segments.reduce((sum, { segment }) => sum + segment.vers.length, rows.length);

/** All of them whole, those that are in segments among them. */
export const wholeRows = ({ rows, segments = [] }: Rows): readonly StoredRow[] =>
  segments.length === 0 ? rows : [...rows, ...segments.flatMap((made) => made.rows())];
