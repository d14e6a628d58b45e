import { dataRow, rowOf, type Lines, type LinesResponse } from '../../protocol/sync-lines.ts';
import type { Page, Row } from '../../protocol/sync-messages.ts';

/** The answer in the parts that are sent: its head, and what the database wrote. */
export function encodeLines(response: LinesResponse): Uint8Array[] {
  const pages = response.pages.map(({ lines, ...page }) => ({ ...page, rows: [], count: lines.count }));
  const head = Buffer.from(`${JSON.stringify({ ...response, pages })}\n`);
  return [head, ...response.pages.map(({ lines }) => lines.bytes)];
}

/** A page with its rows in JSON, for an answer to a phone of any age. */
export function pageOfRows({ lines, ...page }: LinesResponse['pages'][number]): Page {
  return { ...page, rows: rowsOf(lines) };
}

const rowsOf = ({ count, bytes }: Lines): Row[] =>
  Buffer.from(bytes)
    .toString()
    .split('\n', count)
    .map((line) => dataRow(rowOf(line)));
