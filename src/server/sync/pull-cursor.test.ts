import { expect, test } from 'vitest';
import { BEGINNING, endOf, fromCursor, mayBeGone, runOf, seenOf, toCursor } from './pull-cursor.ts';

test('a position survives the wire', () => {
  for (const position of [BEGINNING, endOf(7), { ver: 3, kind: 'ticket', id: '0199/a' }]) {
    for (const run of ['', 'kX3_9aQ-']) {
      expect(fromCursor(toCursor(position, run))).toEqual(position);
      expect(fromCursor(toCursor(position, run, { mayBeGone: 17 }))).toEqual(position);
      expect(mayBeGone(toCursor(position, run, { mayBeGone: 17 }))).toBe(17);
      expect(mayBeGone(toCursor(position, run))).toBe(0);
      expect(runOf(toCursor(position, run, { mayBeGone: 17 }))).toBe(run || null);
    }
  }
});

test('RS6: how far the space had gone on goes along, where it had', () => {
  const further = toCursor(endOf(13), 'kX3_9aQ-', { seen: 14 });
  expect([fromCursor(further), runOf(further), seenOf(further)]).toEqual([endOf(13), 'kX3_9aQ-', 14]);
  expect(seenOf(toCursor(endOf(13), 'kX3_9aQ-', { seen: 13 }))).toBe(13);
  expect(toCursor(endOf(13), 'kX3_9aQ-', { seen: 13 })).toEqual(toCursor(endOf(13), 'kX3_9aQ-'));
});

test('the end of a version stands behind every kind', () => {
  expect(endOf(7).kind > 'zzzz').toBe(true);
});
