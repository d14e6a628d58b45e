import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameData } from './same-data.ts';

test('equal data is the same, whatever the order of its keys', () => {
  expect(sameData({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toBe(true);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(sameData(value, JSON.parse(JSON.stringify(value)))).toBe(true);
    }),
  );
});

test('a field more, another value, a list for an object: not the same', () => {
  expect(sameData({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(sameData({ a: 1 }, { b: 1 })).toBe(false);
  expect(sameData([1, 2], [2, 1])).toBe(false);
  expect(sameData([], {})).toBe(false);
  expect(sameData(null, {})).toBe(false);
  expect(sameData('1', 1)).toBe(false);
});
