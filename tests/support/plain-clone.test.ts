import { reactive } from 'vue';
import { expect, test } from 'vitest';
import { plainClone } from './plain-clone.ts';

test('a copy says the same, and shares nothing that can change', () => {
  const value = { a: [{ b: 1 }, null], bytes: new Uint8Array([1, 2]), at: undefined };
  const copy = plainClone(value);
  expect(copy).toEqual(value);
  expect(copy.a[0]).not.toBe(value.a[0]);
  expect(copy.bytes).not.toBe(value.bytes);
});

test.each([
  ['what a screen watches', reactive({ text: '楼道灯不亮' })],
  ['a list that a screen watches', { media: reactive(['a']) }],
  ['a function', { on: () => undefined }],
])('%s fails as it would in a browser', (_, value) => {
  expect(() => plainClone<unknown>(value)).toThrow(DOMException);
});
