import { expect, test } from 'vitest';
import { daysWaited, defaultReviewDay } from './desk-days.ts';

test('a matter waits by calendar days, and one that a fast clock put into the future not at all', () => {
  const now = Date.parse('2026-11-23T00:10:00+08:00');
  expect(daysWaited(now, Date.parse('2026-11-22T23:50:00+08:00'))).toBe(1);
  expect(daysWaited(now, now + 3_600_000)).toBe(0);
});

test('a suspended matter comes back within thirty days', () => {
  expect(defaultReviewDay(Date.parse('2026-11-23T09:00:00+08:00'))).toBe('2026-12-23');
});
