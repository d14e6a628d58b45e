import { expect, test } from 'vitest';
import { secondsLeft } from './reveal-clock.ts';
import { strokePoints } from './stroke-points.ts';

test('a shown contact counts down to zero and stays there', () => {
  expect(secondsLeft(0, 60_000)).toBe(60);
  expect(secondsLeft(59_001, 60_000)).toBe(1);
  expect(secondsLeft(60_000, 60_000)).toBe(0);
  expect(secondsLeft(99_000, 60_000)).toBe(0);
});

test('a stroke becomes the points of a line, an odd figure is left out', () => {
  expect(strokePoints([0, 1, 20, 30, 7])).toBe('0,1 20,30');
  expect(strokePoints([])).toBe('');
});
