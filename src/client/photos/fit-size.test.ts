import { expect, test } from 'vitest';
import { fitSize, LONGEST, THUMB_LONGEST } from './fit-size.ts';

test.each([
  ['lying', { width: 4000, height: 3000 }, { width: 1600, height: 1200 }],
  ['standing', { width: 3000, height: 4000 }, { width: 1200, height: 1600 }],
  ['small enough', { width: 800, height: 600 }, { width: 800, height: 600 }],
  ['a strip', { width: 16_000, height: 3 }, { width: 1600, height: 1 }],
])('a photo that is %s comes out no longer than it may be, and no larger than it was', (_how, from, to) => {
  expect(fitSize(from, LONGEST)).toEqual(to);
});

test('the small picture keeps the shape', () => {
  expect(fitSize({ width: 1120, height: 1600 }, THUMB_LONGEST)).toEqual({ width: 168, height: 240 });
});
