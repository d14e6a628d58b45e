import type { StoredRow } from '../../sync/ports.ts';
import { readRows } from '../lines/read-rows.ts';

const NEWLINE = 10;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The answer of the first line, which the transport holds against the schema of every answer, and the rows of each of its
 * pages; null where a line is missing, too many, cut or no row. Throws where the first is no JSON.
 */
export function readAnswerLines(bytes: Uint8Array): { answer: unknown; rows: StoredRow[][] } | null {
  const head = bytes.indexOf(NEWLINE);
  if (head < 0) return null;
  const { pages = [], ...rest } = JSON.parse(decoder.decode(bytes.subarray(0, head))) as {
    pages?: ({ count: number } & Record<string, unknown>)[];
  };
  const rows: StoredRow[][] = [];
  let at = head + 1;
  for (const { count } of pages) {
    const read = readRows(bytes, at, count);
    if (read === null) return null;
    rows.push(read.rows);
    at = read.end;
  }
  if (at !== bytes.length) return null;
  return { answer: { ...rest, pages: pages.map(({ count: _, ...page }) => page) }, rows };
}
