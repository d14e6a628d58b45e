import type { CachePage } from './cache-port.ts';

export const rowCount = ({ rows, segments = [] }: Pick<CachePage, 'rows' | 'segments'>): number =>
  segments.reduce((sum, { segment }) => sum + segment.vers.length, rows.length);
