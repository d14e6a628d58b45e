import type { StoredRow } from '../../sync/ports.ts';
import { endOfRows, readRows } from '../lines/read-rows.ts';

const NEWLINE = 10;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** So many lines that were looked at and not read yet. */
export interface UnreadLines {
  lines: Uint8Array;
  count: number;
}

/** Fewer are read at once, whatever follows. */
const MANY = 1000;

export interface AnswerLines {
  answer: unknown;
  /** Of each page; none where they are unread. */
  rows: StoredRow[][];
  unread: (UnreadLines | undefined)[];
}

/**
 * The answer of the first line, which the transport holds against the schema of every answer, and the rows of each of its
 * pages; `leaveMany`: those of one that is one of many are left unread. Null where a line is missing, too many, cut or no
 * row. Throws where the first is no JSON.
 */
export function readAnswerLines(bytes: Uint8Array, leaveMany = false): AnswerLines | null {
  const head = bytes.indexOf(NEWLINE);
  if (head < 0) return null;
  const { pages = [], ...rest } = JSON.parse(decoder.decode(bytes.subarray(0, head))) as {
    pages?: ({ count: number; done?: unknown } & Record<string, unknown>)[];
  };
  const rows: StoredRow[][] = [];
  const unread: AnswerLines['unread'] = [];
  let at = head + 1;
  for (const { count, done } of pages) {
    const isLeft = leaveMany && done === false && count >= MANY;
    const read = isLeft ? { rows: [], end: endOfRows(bytes, at, count) } : readRows(bytes, at, count);
    if (read === null || read.end === null) return null;
    rows.push(read.rows);
    unread.push(isLeft ? { lines: bytes.subarray(at, read.end), count } : undefined);
    at = read.end;
  }
  if (at !== bytes.length) return null;
  return { answer: { ...rest, pages: pages.map(({ count: _, ...page }) => page) }, rows, unread };
}
