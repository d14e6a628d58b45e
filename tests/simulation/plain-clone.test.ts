import { expect, test } from 'vitest';
import { plainClone } from '../support/plain-clone.ts';

test('what is plain is copied through and through, as a store would', () => {
  const row = { id: 'a', none: undefined, gone: null, list: [{ n: 1 }], bytes: new Uint8Array([1, 2]).buffer };

  const copy = plainClone(row);

  expect(copy).toEqual(structuredClone(row));
  expect(copy.list[0]).not.toBe(row.list[0]);
  expect(copy.bytes).not.toBe(row.bytes);
});

test('what a store would not take is refused', () => {
  expect(() => plainClone({ run: () => 1 })).toThrow('could not be cloned');
  expect(() => plainClone([Symbol('a')])).toThrow('could not be cloned');
});
