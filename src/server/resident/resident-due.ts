import type { Kysely } from 'kysely';
import { OFFICE } from '../../domain/space/space.ts';
import { clockOf, clockRulesOf, type ClockRules } from '../../domain/term/clock.ts';
import { TERMS_ID } from '../../domain/term/term-table.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import { fillMessage } from '../../i18n/fill-message.ts';
import { formatDay, formatDayTime } from '../../i18n/shanghai-time.ts';
import type { Database } from '../db/schema.ts';
import { readRecord, readRecords } from '../sync/read-record.ts';
import { residentWords as words } from './resident-words.ts';

export async function readClockRules(db: Kysely<Database>): Promise<ClockRules> {
  const [terms, years] = await Promise.all([
    readRecord(db, OFFICE, 'terms', TERMS_ID),
    readRecords(db, OFFICE, 'workdays'),
  ]);
  return clockRulesOf(
    terms?.data,
    years.map(({ data }) => data),
  );
}

/** By when a result may be expected, or that it is late; empty where nothing is expected of anyone now. */
export interface ResidentDue {
  text: string;
  late: boolean;
}

export function presentDue(ticket: Ticket, rules: ClockRules, now: number): ResidentDue {
  const { finish, suspended } = clockOf(ticket, rules);
  if (suspended || finish.doneAt !== null || finish.dueAt === null) return { text: '', late: false };
  // A term of working days is over with its last day, which is the one to name.
  const day = finish.term.unit === 'hour' ? formatDayTime(finish.dueAt) : formatDay(finish.dueAt - 1);
  const late = now >= finish.dueAt;
  return { text: fillMessage(words.due[ticket.kind][late ? 'late' : 'by'], { day }), late };
}
