import { expect, test } from 'vitest';
import { BEGINNING, endOf, fromCursor, mayBeGone, runOf, toCursor } from './pull-cursor.ts';

test('a position survives the wire', () => {
  for (const position of [BEGINNING, endOf(7), { ver: 3, kind: 'ticket', id: '0199/a' }]) {
    for (const run of ['', 'kX3_9aQ-']) {
      expect(fromCursor(toCursor(position, run))).toEqual(position);
      expect(fromCursor(toCursor(position, run, 17))).toEqual(position);
      expect(mayBeGone(toCursor(position, run, 17))).toBe(17);
      expect(mayBeGone(toCursor(position, run))).toBe(0);
      expect(runOf(toCursor(position, run, 17))).toBe(run || null);
    }
  }
});

test('the end of a version stands behind every kind', () => {
  expect(endOf(7).kind > 'zzzz').toBe(true);
});
