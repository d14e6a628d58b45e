import type { ViewRecord } from '../../../sync/engine-api.ts';
import { clockOf, type ClockRules } from '../../../domain/term/clock.ts';
import { readClock } from '../../../domain/term/reading.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import type { LedgerFilter } from './ledger-filter.ts';
import { collectLedger, type LedgerPage, type ReadPage } from './ledger-page.ts';

/** 已超期 is red, 快到期 yellow. */
export function matchesDue(ticket: Ticket, due: LedgerFilter['due'], rules: ClockRules, now: number): boolean {
  if (due === '') return true;
  return readClock(clockOf(ticket, rules), rules, now)?.lamp === (due === 'overdue' ? 'red' : 'yellow');
}

/**
 * What is due first comes first. `readOpen` is walked whole, for no index knows a due day; what nothing is due of
 * follows as it stands, and of what has ended, in `readEnded`, no more than is wanted.
 */
export function collectByDue(
  readOpen: ReadPage,
  readEnded: ReadPage | null,
  matches: (row: ViewRecord<'ticket'>) => boolean,
  dueAt: (ticket: Ticket) => number,
  wanted: number,
): LedgerPage {
  const open = collectLedger(readOpen, matches, Infinity)
    .rows.map((row) => ({ row, due: dueAt(row.data) }))
    .sort((a, b) => (a.due === b.due ? 0 : a.due - b.due))
    .map(({ row }) => row);
  if (open.length > wanted) return { rows: open.slice(0, wanted), complete: false };
  if (readEnded === null) return { rows: open, complete: true };
  const ended = collectLedger(readEnded, matches, wanted - open.length);
  return { rows: [...open, ...ended.rows], complete: ended.complete };
}
