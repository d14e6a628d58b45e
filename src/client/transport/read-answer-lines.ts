import { readRows } from '../lines/read-rows.ts';
import type { ReadAnswer } from './read-answer.ts';

const NEWLINE = 10;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The answer of the first line, which the transport holds against the schema of every answer, and the rows of each of its
 * pages. Null where a line is missing, too many, cut or no row. Throws where the first is no JSON.
 */
export function readAnswerLines(bytes: Uint8Array): ReadAnswer | null {
  const head = bytes.indexOf(NEWLINE);
  if (head < 0) return null;
  const { pages = [], ...rest } = JSON.parse(decoder.decode(bytes.subarray(0, head))) as {
    pages?: ({ count: number } & Record<string, unknown>)[];
  };
  const read: ReadAnswer['pages'] = [];
  let at = head + 1;
  for (const { count } of pages) {
    const page = readRows(bytes, at, count);
    if (page === null) return null;
    read.push({ rows: page.rows });
    at = page.end;
  }
  if (at !== bytes.length) return null;
  return { answer: { ...rest, pages: pages.map(({ count: _, ...page }) => page) }, pages: read };
}
