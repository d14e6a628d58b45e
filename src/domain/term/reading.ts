import type { Calendar } from './calendar.ts';
import { legUnderWay, type ClockRules, type TicketClock } from './clock.ts';
import { counts, termMs, type Pause } from './due.ts';
import { dayOf, endOfDay, startOfDay } from '../time/shanghai-day.ts';
import type { Leg, Term } from './term-table.ts';

/** Green: more than half of the time is left. Yellow: half or less, or less than a day. Red: it is over. */
export type Lamp = 'green' | 'yellow' | 'red';

/** What is left or over, as one says it. No whole working day left: it is due today. */
export interface Left {
  amount: number;
  unit: 'minute' | 'hour' | 'day' | 'workday';
}

export interface Reading {
  leg: Leg;
  dueAt: number;
  lamp: Lamp;
  left: Left;
}

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How the clock stands; null where it stands still or has stopped. */
export function readClock(clock: TicketClock, { calendar }: ClockRules, now: number): Reading | null {
  const running = legUnderWay(clock);
  if (running === null) return null;
  const { leg, term, dueAt } = running;
  if (now >= dueAt) return { leg, dueAt, lamp: 'red', left: overBy(term, dueAt, clock.pauses, calendar, now) };
  const leftMs = term.unit === 'hour' ? dueAt - now : workMs(now, dueAt, calendar);
  const lamp = leftMs * 2 <= termMs(term) || leftMs < DAY_MS ? 'yellow' : 'green';
  return { leg, dueAt, lamp, left: leftUntil(term, dueAt, calendar, now) };
}

/** What of the working days is ahead: a weekend neither uses a term up nor turns a lamp. */
function workMs(now: number, dueAt: number, calendar: Calendar): number {
  let sum = 0;
  for (let day = dayOf(now); startOfDay(day) < dueAt; day++) {
    if (calendar.isWorkday(day)) sum += endOfDay(day) - Math.max(now, startOfDay(day));
  }
  return sum;
}

function leftUntil(term: Term, dueAt: number, calendar: Calendar, now: number): Left {
  if (term.unit === 'hour') return inWords(dueAt - now);
  return { amount: workdaysIn(dayOf(now), dayOf(dueAt - 1), [], calendar), unit: 'workday' };
}

function overBy(term: Term, dueAt: number, pauses: readonly Pause[], calendar: Calendar, now: number): Left {
  const still = pauses.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, now) - Math.max(from, dueAt)), 0);
  const over = now - dueAt - still;
  if (term.unit === 'hour' || over < DAY_MS) return inWords(over);
  return { amount: Math.max(1, workdaysIn(dayOf(dueAt - 1), dayOf(now), pauses, calendar)), unit: 'workday' };
}

/** Days that count after the first, to the last. */
function workdaysIn(first: number, last: number, pauses: readonly Pause[], calendar: Calendar): number {
  let sum = 0;
  for (let day = first + 1; day <= last; day++) if (counts(day, pauses, calendar)) sum += 1;
  return sum;
}

/** Rounded down, so that nobody counts on time that is not there. */
function inWords(ms: number): Left {
  if (ms < HOUR_MS) return { amount: Math.max(1, Math.floor(ms / MINUTE_MS)), unit: 'minute' };
  if (ms < 3 * DAY_MS) return { amount: Math.floor(ms / HOUR_MS), unit: 'hour' };
  return { amount: Math.floor(ms / DAY_MS), unit: 'day' };
}
