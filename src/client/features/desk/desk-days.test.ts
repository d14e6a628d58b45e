import { expect, test } from 'vitest';
import { defaultReviewDay, noonOf, shanghaiDay } from './desk-days.ts';

test('a day turns at midnight in Shanghai', () => {
  expect(shanghaiDay(Date.parse('2026-11-22T15:59:59Z'))).toBe('2026-11-22');
  expect(shanghaiDay(Date.parse('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
});

test('a suspended matter comes back within thirty days', () => {
  expect(defaultReviewDay(Date.parse('2026-11-23T09:00:00+08:00'))).toBe('2026-12-23');
});

test('a day survives the way there and back', () => {
  expect(shanghaiDay(noonOf('2026-02-28'))).toBe('2026-02-28');
});
