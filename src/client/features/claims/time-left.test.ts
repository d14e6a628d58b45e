import { expect, test } from 'vitest';
import { timeLeft } from './time-left.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);

test('days are counted by the calendar in Shanghai', () => {
  expect(timeLeft(at('2026-11-23T23:50:00'), at('2026-11-26T00:10:00'))).toEqual({ key: 'days', days: 3 });
  expect(timeLeft(at('2026-11-23T00:10:00'), at('2026-11-23T23:50:00'))).toEqual({ key: 'today' });
});

test('midnight in Shanghai is the border, not midnight in UTC', () => {
  expect(timeLeft(at('2026-11-23T07:30:00'), at('2026-11-23T08:30:00'))).toEqual({ key: 'today' });
  expect(timeLeft(at('2026-11-23T23:30:00'), at('2026-11-24T00:30:00'))).toEqual({ key: 'days', days: 1 });
});

test('what has passed is over', () => {
  expect(timeLeft(at('2026-11-23T10:00:00'), at('2026-11-23T10:00:00'))).toEqual({ key: 'over' });
});
