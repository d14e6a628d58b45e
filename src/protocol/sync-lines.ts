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

/** Rows as their lines, each with its end. */
export interface Lines {
  count: number;
  bytes: Uint8Array;
}

export type LinesResponse = Omit<SyncResponse, 'pages'> & { pages: (Omit<Page, 'rows'> & { lines: Lines })[] };

/** The row of a line that this side made itself, without its end. */
export function rowOf(line: string): TextRow {
  const [k = '', id = '', ver, text] = line.split(TAB, 4);
  return { k, id, ver: Number(ver), ...(text ? { t: text } : {}) };
}
