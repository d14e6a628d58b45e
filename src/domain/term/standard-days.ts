import { dayFrom, dayText } from '../time/shanghai-day.ts';
import type { DayMark, YearDays } from './year-days.ts';

/** As the State Council announces a year: stretches of days off, and the weekends worked for them. */
function announced(year: number, off: readonly (readonly [string, string])[], work: readonly string[]): YearDays {
  const days: Record<string, DayMark> = {};
  for (const [first, last] of off) {
    for (let day = dayFrom(`${year}-${first}`); day <= dayFrom(`${year}-${last}`); day++) days[dayText(day)] = 'off';
  }
  for (const day of work) days[`${year}-${day}`] = 'work';
  return { year, days };
}

/** What the State Council announced (国务院办公厅关于部分节假日安排的通知). A year is announced in November before it. */
export const STANDARD_DAYS: readonly YearDays[] = [
  announced(
    2025,
    [
      ['01-01', '01-01'],
      ['01-28', '02-04'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['05-31', '06-02'],
      ['10-01', '10-08'],
    ],
    ['01-26', '02-08', '04-27', '09-28', '10-11'],
  ),
  announced(
    2026,
    [
      ['01-01', '01-03'],
      ['02-15', '02-23'],
      ['04-04', '04-06'],
      ['05-01', '05-05'],
      ['06-19', '06-21'],
      ['09-25', '09-27'],
      ['10-01', '10-07'],
    ],
    ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  ),
];

export const standardDays = (year: number): YearDays | undefined => STANDARD_DAYS.find((one) => one.year === year);
