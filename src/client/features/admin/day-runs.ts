import { dayFrom, dayText, isWeekend, yearOf } from '../../../domain/time/shanghai-day.ts';
import type { Calendar } from '../../../domain/term/calendar.ts';
import type { DayMark, YearDays } from '../../../domain/term/year-days.ts';

/** Days of one mark that follow each other: how people speak of a holiday. Days are YYYY-MM-DD. */
export interface DayRun {
  mark: DayMark;
  first: string;
  last: string;
}

export type DayEdits = Record<string, { from: DayMark | 'plain'; to: DayMark | 'plain' }>;

export const daysOf = ({ first, last }: Pick<DayRun, 'first' | 'last'>): string[] =>
  Array.from({ length: dayFrom(last) - dayFrom(first) + 1 }, (_, n) => dayText(dayFrom(first) + n));

/** A year's marks as runs, in the order of the year. */
export function runsOf(days: YearDays['days']): DayRun[] {
  const runs: DayRun[] = [];
  for (const [day, mark] of Object.entries(days).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = runs.at(-1);
    if (before?.mark === mark && dayFrom(before.last) + 1 === dayFrom(day)) before.last = day;
    else runs.push({ mark, first: day, last: day });
  }
  return runs;
}

/** What has to change so that `runs` stand where `gone` stood; null where nothing has. */
export function editsFor(days: YearDays['days'], gone: DayRun | null, runs: readonly DayRun[]): DayEdits | null {
  const wanted = new Map<string, DayMark | 'plain'>();
  if (gone !== null) for (const day of daysOf(gone)) wanted.set(day, 'plain');
  for (const run of runs) for (const day of daysOf(run)) wanted.set(day, run.mark);
  const edits: DayEdits = {};
  for (const [day, to] of wanted) {
    const from = days[day] ?? 'plain';
    if (from !== to) edits[day] = { from, to };
  }
  return Object.keys(edits).length > 0 ? edits : null;
}

/** What is wrong with a run that somebody fills in. */
export function runFault(year: number, { mark, first, last }: DayRun): 'first' | 'year' | 'order' | 'plainWork' | null {
  if (first === '') return 'first';
  if (!first.startsWith(`${year}-`) || !last.startsWith(`${year}-`)) return 'year';
  if (last < first) return 'order';
  return mark === 'work' && !daysOf({ first, last }).every((day) => isWeekend(dayFrom(day))) ? 'plainWork' : null;
}

export const workdaysIn = (year: number, calendar: Calendar): number => {
  let count = 0;
  for (let day = dayFrom(`${year}-01-01`); yearOf(day) === year; day++) count += Number(calendar.isWorkday(day));
  return count;
};
