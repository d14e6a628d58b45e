import { reactive } from 'vue';
import { expect, test } from 'vitest';
import { plainClone } from './plain-clone.ts';

test('what is plain is copied through and through, as a store would', () => {
  const row = { id: 'a', none: undefined, gone: null, list: [{ n: 1 }, null], bytes: new Uint8Array([1, 2]).buffer };

  const copy = plainClone(row);

  expect(copy).toEqual(structuredClone(row));
  expect(copy.list[0]).not.toBe(row.list[0]);
  expect(copy.bytes).not.toBe(row.bytes);
});

test.each([
  ['what a screen watches', reactive({ text: '楼道灯不亮' })],
  ['a list that a screen watches', { media: reactive(['a']) }],
  ['a function', { run: () => 1 }],
  ['a symbol', [Symbol('a')]],
])('%s fails as it would in a browser', (_, value) => {
  expect(() => plainClone<unknown>(value)).toThrow(DOMException);
});
