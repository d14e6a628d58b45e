import { expect, test } from 'vitest';
import { lineOf, textOf } from '../../protocol/sync-lines.ts';
import { readRows } from './read-rows.ts';

const ROWS = [
  { k: 'ticket', id: 't1', ver: 1, t: '{"text":"灯\\t不亮"}' },
  { k: 'visit', id: '号1', ver: 12 },
  { k: 'slip', id: '号2', ver: 3, t: '{"a":"😀"}' },
];
const BEFORE = new TextEncoder().encode('ticket\tt0\t9\t{}\n');
const LINES = new TextEncoder().encode(ROWS.map((row) => `${lineOf(row)}\n`).join(''));

test('rows say the same whether their texts are made one by one or together', () => {
  const bytes = new Uint8Array([...BEFORE, ...LINES]);
  for (const isTogether of [false, true]) {
    const read = readRows(bytes, BEFORE.length, ROWS.length, undefined, isTogether);
    expect(read?.rows.map(({ k, id, ver, t }) => ({ k, id, ver, t }))).toEqual(
      ROWS.map((row) => ({ t: undefined, ...row })),
    );
    expect(read?.rows.map(textOf)).toEqual(ROWS.map(textOf));
  }
});
