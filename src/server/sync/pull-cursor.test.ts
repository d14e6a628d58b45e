import { expect, test } from 'vitest';
import { BEGINNING, endOf, fromCursor, mayBeGone, toCursor } from './pull-cursor.ts';

test('a position survives the wire', () => {
  for (const position of [BEGINNING, endOf(7), { ver: 3, kind: 'ticket', id: '0199/a' }]) {
    expect(fromCursor(toCursor(position))).toEqual(position);
    expect(fromCursor(toCursor(position, 17))).toEqual(position);
    expect(mayBeGone(toCursor(position, 17))).toBe(17);
    expect(mayBeGone(toCursor(position))).toBe(0);
  }
});

test('the end of a version stands behind every kind', () => {
  expect(endOf(7).kind > 'zzzz').toBe(true);
});
