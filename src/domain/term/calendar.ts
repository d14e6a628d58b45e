import { dayText, isWeekend, yearOf } from '../time/shanghai-day.ts';
import { STANDARD_DAYS } from './standard-days.ts';
import type { YearDays } from './year-days.ts';

/** Which days are worked. */
export interface Calendar {
  isWorkday(day: number): boolean;
  /** Is it known how this year departs from plain weekends? */
  hasYear(year: number): boolean;
}

/** The office's own years over the standard ones; a year that neither has counts plain weekends. */
export function calendarOf(own: readonly YearDays[]): Calendar {
  const years = new Map([...STANDARD_DAYS, ...own].map((one) => [one.year, one.days]));
  return {
    isWorkday(day) {
      const mark = years.get(yearOf(day))?.[dayText(day)];
      return mark === undefined ? !isWeekend(day) : mark === 'work';
    },
    hasYear: (year) => Object.keys(years.get(year) ?? {}).length > 0,
  };
}

/** From 1 November on the coming year is announced, and its table should be there; the present one always. */
export function yearsMissing(calendar: Calendar, today: number): number[] {
  const year = yearOf(today);
  const wanted = dayText(today).slice(5) >= '11-01' ? [year, year + 1] : [year];
  return wanted.filter((one) => !calendar.hasYear(one));
}
