import { expect, test } from 'vitest';
import { nestsTooDeep } from './nests-too-deep.ts';

const nested = (depth: number): string => '[{"a":'.repeat(depth / 2) + '1' + '}]'.repeat(depth / 2);

test('counts lists and objects that are open at once', () => {
  expect(nestsTooDeep(nested(32))).toBe(false);
  expect(nestsTooDeep(nested(34))).toBe(true);
  expect(nestsTooDeep(`[${'[{}],'.repeat(100)}1]`)).toBe(false);
});

test('brackets in what people wrote do not count, whatever stands before them', () => {
  const brackets = '['.repeat(100);

  expect(nestsTooDeep(JSON.stringify([brackets, `"${brackets}`, `\\"${brackets}\\`, `楼${brackets}`]))).toBe(false);
  expect(nestsTooDeep(`["\\\\",${brackets}`)).toBe(true);
});
