import { expect, test } from 'vitest';
import { lastFour, maskName, maskPhone } from './masking.ts';

test('of a name only the first character shows', () => {
  expect(maskName('王小明')).toBe('王**');
  expect(maskName('潘阿姨')).toBe('潘**');
  expect(maskName('李')).toBe('李*');
  expect(maskName('  ')).toBe('');
  expect(maskName('𠮷野')).toBe('𠮷*');
});

test('of a telephone the middle is hidden', () => {
  expect(maskPhone('13800001234')).toBe('138****1234');
  expect(maskPhone('0571-8600 1234')).toBe('057*****1234');
  expect(maskPhone('86001234')).toBe('****1234');
  expect(maskPhone('12345')).toBe('***45');
  expect(maskPhone('')).toBe('');
});

test('four digits open a slip, however the number is written', () => {
  expect(lastFour('138 0000-1234')).toBe('1234');
  expect(lastFour('+86 571 86001234')).toBe('1234');
  expect(lastFour('12')).toBe('12');
});
