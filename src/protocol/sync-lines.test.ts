import { expect, test } from 'vitest';
import { dataRow, decodeLines, encodeLines } from './sync-lines.ts';
import type { TextResponse } from './sync-lines.ts';

const page = (space: string, rows: TextResponse['pages'][number]['rows']): TextResponse['pages'][number] => ({
  space,
  from: null,
  rows,
  cursor: { ver: 3, id: '~/' },
  upTo: 3,
  done: true,
  lastSeq: 0,
  receipts: [],
  digest: null,
});

const answer: TextResponse = {
  epoch: 'e',
  serverTime: 1,
  member: {
    id: 'm',
    name: '李伟',
    roles: { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false },
  },
  revoked: false,
  allowed: [],
  pushed: [],
  pages: [
    page('grid:1', [
      { k: 'ticket', id: 'a', ver: 1, t: JSON.stringify({ text: '第一行\n第二行\t"引"\u2028' }) },
      { k: 'ticket', id: 'b', ver: 2 },
    ]),
    page('grid:2', []),
    page('grid:3', [{ k: 'visit', id: 'c', ver: 3, d: { outcome: 'met' } }]),
  ],
  resets: [],
};

test('an answer in lines says the same as in JSON: breaks and tabs in a text, tombstones and empty pages among it', () => {
  const decoded = decodeLines(encodeLines(answer));
  expect(decoded?.rows.map((rows) => rows.map(dataRow))).toEqual(answer.pages.map(({ rows }) => rows.map(dataRow)));
  expect(decoded?.answer).toEqual({ ...answer, pages: answer.pages.map((one) => ({ ...one, rows: [] })) });
});

test('an answer that lost its end, or has a line too many, is none', () => {
  const text = encodeLines(answer);
  expect(decodeLines(text.slice(0, text.lastIndexOf('\n')))).toBeNull();
  expect(decodeLines(`${text}ticket\td\t4\t{}\n`)).toBeNull();
  expect(decodeLines(text.replace('ticket\tb\t2', 'ticket b 2'))).toBeNull();
});
