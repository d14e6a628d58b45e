import type { Calendar } from './calendar.ts';
import { dayOf, endOfDay } from '../time/shanghai-day.ts';
import type { Term } from './term-table.ts';

/** The clock stands still from `from` to before `to`; Infinity where it has not gone on yet. */
export interface Pause {
  from: number;
  to: number;
}

const HOUR_MS = 60 * 60 * 1000;
const WORKDAY_MS = 24 * HOUR_MS;

export const termMs = ({ amount, unit }: Term): number => amount * (unit === 'hour' ? HOUR_MS : WORKDAY_MS);

/**
 * Is this a working day of the term's? A day goes by what it ends with: it counts where the clock runs at its end.
 * So a pause takes as many days as it has midnights, one within a day takes none, and no day is used twice.
 */
export const counts = (day: number, pauses: readonly Pause[], calendar: Calendar): boolean =>
  calendar.isWorkday(day) && !pauses.some(({ from, to }) => from < endOfDay(day) && endOfDay(day) <= to);

/**
 * When a term that began at `start` is over. Hours run on but for the pauses; working days begin with the day after,
 * and the last one is over at its end. Null: the clock stands still, and nobody knows when it goes on.
 * `pauses` in order, none into the next; of them the last may be open.
 */
export const dueOf = (term: Term, start: number, pauses: readonly Pause[], calendar: Calendar): number | null =>
  term.unit === 'hour' ? hoursFrom(term, start, pauses) : workdaysFrom(term, start, pauses, calendar);

function hoursFrom(term: Term, start: number, pauses: readonly Pause[]): number | null {
  let due = start + termMs(term);
  for (const { from, to } of pauses) {
    if (from >= due) break;
    if (to === Infinity) return null;
    due += to - from;
  }
  return due;
}

function workdaysFrom(term: Term, start: number, pauses: readonly Pause[], calendar: Calendar): number | null {
  const stopped = pauses.find(({ to }) => to === Infinity)?.from ?? Infinity;
  let left = term.amount;
  for (let day = dayOf(start) + 1; stopped >= endOfDay(day); day++) {
    if (counts(day, pauses, calendar)) left -= 1;
    if (left === 0) return endOfDay(day);
  }
  return null;
}
