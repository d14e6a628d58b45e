import { expect, test } from 'vitest';
import { calendarOf } from '../../../domain/term/calendar.ts';
import { standardDays } from '../../../domain/term/standard-days.ts';
import { editsFor, runFault, runsOf, workdaysIn, type DayRun } from './day-runs.ts';

const off = (first: string, last = first): DayRun => ({ mark: 'off', first, last });
const work = (first: string, last = first): DayRun => ({ mark: 'work', first, last });

test('days that follow each other are one run, and a make-up day beside them another', () => {
  expect(runsOf({ '2027-10-02': 'off', '2027-10-01': 'off', '2027-10-03': 'work', '2027-01-01': 'off' })).toEqual([
    off('2027-01-01'),
    off('2027-10-01', '2027-10-02'),
    work('2027-10-03'),
  ]);
});

test('a run that is moved leaves the days behind it and takes new ones, each with what it was', () => {
  const days = { '2027-10-01': 'off', '2027-10-02': 'off' } as const;
  expect(editsFor(days, off('2027-10-01', '2027-10-02'), [off('2027-10-02', '2027-10-03')])).toEqual({
    '2027-10-01': { from: 'off', to: 'plain' },
    '2027-10-03': { from: 'plain', to: 'off' },
  });
  expect(editsFor(days, off('2027-10-01', '2027-10-02'), [])).toMatchObject({ '2027-10-02': { to: 'plain' } });
  expect(editsFor(days, null, [off('2027-10-01', '2027-10-02')])).toBeNull();
});

test('a run lies in its year, ends after it begins, and a make-up day is a weekend', () => {
  expect(runFault(2027, off(''))).toBe('first');
  expect(runFault(2027, off('2026-12-31', '2027-01-03'))).toBe('year');
  expect(runFault(2027, off('2027-10-03', '2027-10-01'))).toBe('order');
  expect(runFault(2027, work('2027-10-08'))).toBe('plainWork');
  expect(runFault(2027, work('2027-10-09', '2027-10-10'))).toBeNull();
  expect(runFault(2027, off('2027-10-01', '2027-10-07'))).toBeNull();
});

test('a year is summed up in its working days', () => {
  expect(workdaysIn(2026, calendarOf([]))).toBe(248);
  expect(runsOf(standardDays(2026)?.days ?? {}).filter(({ mark }) => mark === 'off')).toHaveLength(7);
});
