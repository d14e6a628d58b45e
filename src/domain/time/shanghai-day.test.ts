import { expect, test } from 'vitest';
import { shanghaiDay } from './shanghai-day.ts';

test('a day begins at midnight in Shanghai, not in Greenwich', () => {
  const lateOnSunday = Date.UTC(2026, 10, 22, 16, 5);
  expect(shanghaiDay(lateOnSunday)).toBe('2026-11-23');
  expect(shanghaiDay(lateOnSunday - 6 * 60_000)).toBe('2026-11-22');
});
