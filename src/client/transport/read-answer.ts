import type { StoredRow } from '../../sync/ports.ts';
import type { PagePart } from '../lines/make-page.ts';

/** Rows of a page that were read, or what they are to be made of. */
export type ReadPage = { rows: StoredRow[] } | { parts: PagePart[] };

/** An answer without its rows, to be held against the schema of every answer, and what came of each of its pages. */
export interface ReadAnswer {
  answer: unknown;
  pages: ReadPage[];
}
