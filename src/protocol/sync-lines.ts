import type { Page, Row, SyncResponse } from './sync-messages.ts';

/**
 * The same answer in lines, for a phone that asks for it by `accept`: the first is the answer in JSON without its
 * rows, each further one a row: kind, id and ver, and its data as they lie in the database. Neither side takes apart
 * what it only hands on. Ids are printable, and JSON breaks no line.
 */
export const SYNC_LINES = 'application/x-doorstep-lines';

/** A row whose data are text still; `t` is the `JSON.stringify` of `d`, and one of them is enough. */
export interface TextRow extends Row {
  t?: string;
}

export type TextResponse = Omit<SyncResponse, 'pages'> & { pages: (Omit<Page, 'rows'> & { rows: TextRow[] })[] };

export const isLive = (row: TextRow): boolean => 't' in row || row.d !== undefined;
export const textOf = (row: TextRow): string => row.t ?? JSON.stringify(row.d);

/** The row with its data, for whoever reads them anyway. */
export function dataRow({ t, ...row }: TextRow): Row {
  return t === undefined ? row : { ...row, d: JSON.parse(t) as unknown };
}

const TAB = '\t';

/** One row as a line, without its end. */
export const lineOf = (row: TextRow): string =>
  `${row.k}${TAB}${row.id}${TAB}${row.ver}${TAB}${isLive(row) ? textOf(row) : ''}`;

export function encodeLines(response: TextResponse): string {
  const pages = response.pages.map(({ rows, ...page }) => ({ ...page, rows: [], count: rows.length }));
  const lines = [JSON.stringify({ ...response, pages })];
  for (const { rows } of response.pages) for (const row of rows) lines.push(lineOf(row));
  return `${lines.join('\n')}\n`;
}
