import { expect, test } from 'vitest';
import { formatDay, formatDayTime, shanghaiDay } from './shanghai-time.ts';

const lateOnSunday = Date.UTC(2026, 10, 22, 16, 5);

test('a day begins at midnight in Shanghai, not in Greenwich', () => {
  expect(shanghaiDay(lateOnSunday)).toBe('2026-11-23');
  expect(shanghaiDay(lateOnSunday - 6 * 60_000)).toBe('2026-11-22');
});

test('days are written as people say them', () => {
  expect(formatDay(lateOnSunday)).toBe('11月23日 周一');
  expect(formatDayTime(lateOnSunday)).toBe('11月23日 周一 00:05');
});
