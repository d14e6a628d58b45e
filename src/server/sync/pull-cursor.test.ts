import { expect, test } from 'vitest';
import { BEGINNING, endOf, fromCursor, toCursor } from './pull-cursor.ts';

test('a position survives the wire', () => {
  for (const position of [BEGINNING, endOf(7), { ver: 3, kind: 'ticket', id: '0199/a' }]) {
    expect(fromCursor(toCursor(position))).toEqual(position);
  }
});

test('the end of a version stands behind every kind', () => {
  expect(endOf(7).kind > 'zzzz').toBe(true);
});
