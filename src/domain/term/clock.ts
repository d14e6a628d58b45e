import type { Ticket, TimelineAction } from '../ticket/ticket.ts';
import { calendarOf, type Calendar } from './calendar.ts';
import { dueOf, type Pause } from './due.ts';
import { LEGS, STANDARD_TERMS, type Leg, type Term, type TermTable } from './term-table.ts';
import type { YearDays } from './year-days.ts';

/** What an office's clocks go by. */
export interface ClockRules {
  terms: TermTable;
  calendar: Calendar;
}

/** The office's own tables, or the standard ones where it has none. */
export const clockRulesOf = (terms: TermTable | undefined, years: readonly YearDays[]): ClockRules => ({
  terms: terms ?? STANDARD_TERMS,
  calendar: calendarOf(years),
});

type Clocked = Pick<Ticket, 'tier' | 'loggedAt' | 'timeline'>;

export interface ClockLeg {
  term: Term;
  /** Null while it stands still before its end. */
  dueAt: number | null;
  doneAt: number | null;
  /** Done, and later than it was due. */
  late: boolean;
}

/** Both terms of one ticket, run from `loggedAt`. */
export interface TicketClock extends Readonly<Record<Leg, ClockLeg>> {
  /** 挂账: it stands still. */
  suspended: boolean;
  pauses: readonly Pause[];
}

/** The desk has acted for the first time, or there is nothing left to act on. */
const ANSWERS: ReadonlySet<TimelineAction> = new Set(['accepted', 'returned', 'declined', 'merged', 'withdrawn']);
/** A result is there, or no more is to be done. */
const ENDS: ReadonlySet<TimelineAction> = new Set(['resolved', 'declined', 'merged', 'withdrawn']);

interface Course {
  respond: number | null;
  finish: number | null;
  suspendedAt: number | null;
  pauses: Pause[];
}

/**
 * What the timeline says of the clock: when each leg was done, and when it stood still, which is while suspended and
 * from an end to the reopening. A return is in none of this: it neither stops nor resets anything.
 */
function courseOf({ loggedAt, timeline }: Clocked): Course {
  const course: Course = { respond: null, finish: null, suspendedAt: null, pauses: [] };
  let at = loggedAt;
  const pause = (from: number | null): void => {
    if (from !== null && from < at) course.pauses.push({ from, to: at });
  };
  for (const entry of timeline) {
    // What a phone wrote offline may carry an earlier time than what was decided before it came.
    at = Math.max(at, entry.at);
    if (ANSWERS.has(entry.action)) course.respond ??= at;
    if (entry.action === 'suspended') course.suspendedAt ??= at;
    if (entry.action === 'resumed' || ENDS.has(entry.action)) {
      pause(course.suspendedAt);
      course.suspendedAt = null;
    }
    if (ENDS.has(entry.action)) course.finish ??= at;
    if (entry.action === 'reopened') {
      pause(course.finish);
      course.finish = null;
    }
  }
  if (course.suspendedAt !== null) course.pauses.push({ from: course.suspendedAt, to: Infinity });
  return course;
}

export function clockOf(ticket: Clocked, rules: ClockRules): TicketClock {
  const course = courseOf(ticket);
  const [respond, finish] = LEGS.map((leg): ClockLeg => {
    const term = rules.terms[`${ticket.tier}.${leg}`];
    const dueAt = dueOf(term, ticket.loggedAt, course.pauses, rules.calendar);
    const doneAt = course[leg];
    return { term, dueAt, doneAt, late: doneAt !== null && dueAt !== null && doneAt > dueAt };
  }) as [ClockLeg, ClockLeg];
  return { respond, finish, suspended: course.suspendedAt !== null, pauses: course.pauses };
}

/** What the desk owes next: the answer, then the result; null where it owes nothing or the clock stands still. */
export function legUnderWay(clock: TicketClock): (ClockLeg & { leg: Leg; dueAt: number }) | null {
  if (clock.suspended) return null;
  const leg = LEGS.find((one) => clock[one].doneAt === null);
  if (leg === undefined || clock.finish.doneAt !== null) return null;
  const { dueAt } = clock[leg];
  return dueAt === null ? null : { ...clock[leg], leg, dueAt };
}

/** When the desk owes the next thing; Infinity where it owes nothing or the clock stands still. */
export const dueAtOf = (ticket: Clocked, rules: ClockRules): number =>
  legUnderWay(clockOf(ticket, rules))?.dueAt ?? Infinity;
