import { expect, test } from 'vitest';
import { calendarOf, yearsMissing } from './calendar.ts';
import { dueOf } from './due.ts';
import { dayFrom, dayOf, dayText, endOfDay, isWeekend, startOfDay, yearOf } from '../time/shanghai-day.ts';
import { STANDARD_DAYS } from './standard-days.ts';

const calendar = calendarOf([]);
const works = (text: string): boolean => calendar.isWorkday(dayFrom(text));
/** As the libraries of the trade call it: the n-th working day after a day. */
const findWorkday = (n: number, from: string): string => {
  const due = dueOf({ amount: n, unit: 'workday' }, startOfDay(dayFrom(from)), [], calendar);
  return dayText(dayOf((due ?? NaN) - 1));
};

test('days are those of Shanghai, and begin there', () => {
  const late = Date.parse('2026-11-24T15:59:59.999Z');
  expect(dayText(dayOf(late))).toBe('2026-11-24');
  expect(dayText(dayOf(late + 1))).toBe('2026-11-25');
  expect(startOfDay(dayOf(late + 1))).toBe(late + 1);
  expect(endOfDay(dayOf(late))).toBe(late + 1);
  expect(yearOf(dayFrom('2026-12-31'))).toBe(2026);
  expect(['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'].map((day) => isWeekend(dayFrom(day)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('a day that no calendar has is none', () => {
  for (const text of ['2026-02-30', '2026-13-01', 'x']) expect(dayFrom(text)).toBeNaN();
  expect(dayText(dayFrom('2028-02-29'))).toBe('2028-02-29');
});

test('holidays are off, make-up days are worked', () => {
  expect(['2026-10-01', '2026-10-07', '2026-10-11', '2026-02-23', '2025-06-02'].map(works)).toEqual(
    Array.from({ length: 5 }, () => false),
  );
  expect(['2026-10-10', '2026-09-20', '2026-02-14', '2025-10-11', '2026-10-08'].map(works)).toEqual(
    Array.from({ length: 5 }, () => true),
  );
});

test('the fifth working day after 28 September 2026 is 10 October', () => {
  expect(findWorkday(5, '2026-09-28')).toBe('2026-10-10');
  expect(findWorkday(1, '2026-09-28')).toBe('2026-09-29');
  expect(findWorkday(1, '2026-02-13')).toBe('2026-02-14');
  expect(findWorkday(2, '2026-02-13')).toBe('2026-02-24');
  expect(findWorkday(1, '2025-12-31')).toBe('2026-01-04');
});

/** 国办发明电: 2025 had 248 working days, 2026 has 248. */
test('the announced years hold together: each make-up day is a weekend, each year has its working days', () => {
  for (const { year, days } of STANDARD_DAYS) {
    const made = Object.keys(days).filter((day) => days[day] === 'work');
    expect(made.every((day) => isWeekend(dayFrom(day)))).toBe(true);
    expect(Object.keys(days).every((day) => yearOf(dayFrom(day)) === year)).toBe(true);
    let count = 0;
    for (let day = dayFrom(`${year}-01-01`); yearOf(day) === year; day++) count += Number(calendar.isWorkday(day));
    expect(count, String(year)).toBe(248);
  }
});

test('a year without a table counts plain weekends', () => {
  expect(works('2027-01-01')).toBe(true);
  expect(works('2027-01-02')).toBe(false);
  expect(calendar.hasYear(2027)).toBe(false);
});

test('the office’s own year stands before the announced one', () => {
  const own = calendarOf([{ year: 2026, days: { '2026-12-31': 'off' } }]);
  expect(own.isWorkday(dayFrom('2026-12-31'))).toBe(false);
  expect(own.isWorkday(dayFrom('2026-10-10'))).toBe(false);
  expect(own.isWorkday(dayFrom('2025-10-11'))).toBe(true);
});

test('the coming year is missed from 1 November on, the present one always', () => {
  expect(yearsMissing(calendar, dayFrom('2026-10-31'))).toEqual([]);
  expect(yearsMissing(calendar, dayFrom('2026-11-01'))).toEqual([2027]);
  expect(yearsMissing(calendar, dayFrom('2027-02-01'))).toEqual([2027]);
  expect(yearsMissing(calendar, dayFrom('2027-12-01'))).toEqual([2027, 2028]);
  const entered = calendarOf([{ year: 2027, days: { '2027-01-01': 'off' } }]);
  expect(yearsMissing(entered, dayFrom('2026-12-01'))).toEqual([]);
  const emptied = calendarOf([{ year: 2026, days: {} }]);
  expect(yearsMissing(emptied, dayFrom('2026-05-01'))).toEqual([2026]);
});
