import { expect, test } from 'vitest';
import { contentHash } from '../../protocol/digest.ts';
import { isLive, lineOf, textOf } from '../../protocol/sync-lines.ts';
import type { TextResponse } from '../../protocol/sync-lines.ts';
import { encodeLines } from '../../server/sync/encode-lines.ts';
import { plainRow } from '../lines/line-row.ts';
import { readAnswerLines } from './read-answer-lines.ts';

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

function encode(response: TextResponse): string {
  const pages = response.pages.map(({ rows, ...one }) => {
    const bytes = new TextEncoder().encode(rows.map((row) => `${lineOf(row)}\n`).join(''));
    return { ...one, lines: { count: rows.length, bytes } };
  });
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(encodeLines({ ...response, pages })));
}

const read = (text: string): ReturnType<typeof readAnswerLines> => readAnswerLines(new TextEncoder().encode(text));

test('an answer in lines says the same as in JSON: breaks and tabs in a text, tombstones and empty pages among it', () => {
  const decoded = read(encode(answer));
  expect(decoded?.pages.map((one) => one.rows.map(plainRow))).toEqual(
    answer.pages.map(({ rows }) =>
      rows.map((row) => {
        const { k, id, ver } = row;
        return isLive(row) ? { k, id, ver, t: textOf(row), h: contentHash(textOf(row)) } : { k, id, ver };
      }),
    ),
  );
  expect(decoded?.answer).toEqual({ ...answer, pages: answer.pages.map((one) => ({ ...one, rows: [] })) });
});

test('an answer that lost its end, or has a line too many, is none', () => {
  const text = encode(answer);
  expect(read(text.slice(0, text.lastIndexOf('\n')))).toBeNull();
  expect(read(`${text}ticket\td\t4\t{}\n`)).toBeNull();
  expect(read(text.replace('ticket\tb\t2', 'ticket b 2'))).toBeNull();
  expect(read(text.replace('ticket\tb\t2', 'ticket\tb\t2x'))).toBeNull();
});
