import { expect, test } from 'vitest';
import { daysBetween, shanghaiDay } from './shanghai-day.ts';

test('a day begins at midnight in Shanghai, not in Greenwich', () => {
  const lateOnSunday = Date.UTC(2026, 10, 22, 16, 5);
  expect(shanghaiDay(lateOnSunday)).toBe('2026-11-23');
  expect(shanghaiDay(lateOnSunday - 6 * 60_000)).toBe('2026-11-22');
});

const at = (text: string): number => Date.parse(`${text}+08:00`);

test('what lies between two instants is counted from midnight to midnight in Shanghai', () => {
  expect(daysBetween(at('2026-11-23T07:30:00'), at('2026-11-23T08:30:00'))).toBe(0);
  expect(daysBetween(at('2026-11-23T23:30:00'), at('2026-11-24T00:30:00'))).toBe(1);
});

test('days are counted by the calendar, and backwards below zero', () => {
  expect(daysBetween(at('2026-11-23T23:50:00'), at('2026-11-26T00:10:00'))).toBe(3);
  expect(daysBetween(at('2026-11-23T00:10:00'), at('2026-11-22T23:50:00'))).toBe(-1);
});
