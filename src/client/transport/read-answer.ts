import type { AnswerPage, StoredRow } from '../../sync/ports.ts';

/** Rows of a page that were read, or are being made beside. */
export type ReadPage = Pick<AnswerPage, 'many'> & { rows: StoredRow[] };

/** An answer without its rows, to be held against the schema of every answer, and what came of each of its pages. */
export interface ReadAnswer {
  answer: unknown;
  pages: ReadPage[];
}
