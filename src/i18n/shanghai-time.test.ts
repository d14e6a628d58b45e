import { expect, test } from 'vitest';
import { formatDay, formatDayTime } from './shanghai-time.ts';

const lateOnSunday = Date.UTC(2026, 10, 22, 16, 5);

test('days are written as people say them', () => {
  expect(formatDay(lateOnSunday)).toBe('11月23日 周一');
  expect(formatDayTime(lateOnSunday)).toBe('11月23日 周一 00:05');
});
