import type { StoredRow } from '../../sync/cache-port.ts';
import type { AnswerPage } from '../../sync/transport-port.ts';

/** Rows of a page that were read, or are being made beside. */
export type ReadPage = Pick<AnswerPage, 'many'> & { rows: StoredRow[] };

/** An answer without its rows, to be held against the schema of every answer, and what came of each of its pages. */
export interface ReadAnswer {
  answer: unknown;
  pages: ReadPage[];
}
