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

export function encodeLines(response: TextResponse): string {
  const pages = response.pages.map(({ rows, ...page }) => ({ ...page, rows: [], count: rows.length }));
  const lines = [JSON.stringify({ ...response, pages })];
  for (const { rows } of response.pages) {
    for (const row of rows) lines.push(`${row.k}\t${row.id}\t${row.ver}\t${isLive(row) ? textOf(row) : ''}`);
  }
  return `${lines.join('\n')}\n`;
}

function decodeRow(line: string): TextRow | null {
  const id = line.indexOf(TAB) + 1;
  const ver = line.indexOf(TAB, id) + 1;
  const text = line.indexOf(TAB, ver) + 1;
  if (id < 2 || ver < 2 || text < 2) return null;
  const row: TextRow = {
    k: line.slice(0, id - 1),
    id: line.slice(id, ver - 1),
    ver: Number(line.slice(ver, text - 1)),
  };
  if (row.id === '' || !Number.isSafeInteger(row.ver) || row.ver < 0) return null;
  if (text < line.length) row.t = line.slice(text);
  return row;
}

/**
 * The answer of the first line, which the transport holds against the schema of every answer, and the rows of each of its
 * pages; null where a line is missing, too many, cut or no row. Throws where the first is no JSON.
 */
export function decodeLines(text: string): { answer: unknown; rows: TextRow[][] } | null {
  const lines = text.split('\n');
  // Each line has an end: without it the last one was cut, and what it says would be stored unread.
  if (lines.pop() !== '') return null;
  const { pages = [], ...rest } = JSON.parse(lines[0] ?? '') as { pages?: ({ count: number } & Page)[] };
  const rows: TextRow[][] = [];
  let at = 1;
  for (const { count } of pages) {
    const decoded: TextRow[] = [];
    for (let end = at + count; at < end; at++) {
      const row = decodeRow(lines[at] ?? '');
      if (row === null) return null;
      decoded.push(row);
    }
    rows.push(decoded);
  }
  if (at !== lines.length) return null;
  return { answer: { ...rest, pages: pages.map(({ count: _, ...page }) => page) }, rows };
}
