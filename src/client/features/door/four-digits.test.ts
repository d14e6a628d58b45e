import { expect, test } from 'vitest';
import { randomPin } from './four-digits.ts';

const bytes = (...values: number[]) => {
  const left = [...values];
  return (length: number) => Uint8Array.from(left.splice(0, length));
};

test('a PIN always has four digits', () => {
  expect(randomPin(bytes(0, 7))).toBe('0007');
  expect(randomPin(bytes(0x27, 0x10))).toBe('0000');
});

test('a value that would favour some PINs is drawn again', () => {
  expect(randomPin(bytes(0xff, 0xff, 0x04, 0xd2))).toBe('1234');
});
