import { expect, test } from 'vitest';
import type { ViewRecord } from '../../../sync/engine-api.ts';
import { clockRulesOf } from '../../../domain/term/clock.ts';
import type { TimelineAction } from '../../../domain/ticket/ticket.ts';
import { collectByDue, matchesDue } from './ledger-due.ts';
import type { ReadPage } from './ledger-page.ts';
import { ticketWith } from './ticket-for-tests.ts';

const rules = clockRulesOf(undefined, []);
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const LOGGED = at('2026-11-23T10:00');
const did = (action: TimelineAction, when = '2026-11-23T11:00') => ({
  id: action,
  at: at(when),
  action,
  byId: 'x',
  byName: 'x',
  byRole: 'coordinator' as const,
  text: '',
  open: false,
});
const ticket = (...actions: TimelineAction[]) =>
  ticketWith({ loggedAt: LOGGED, tier: 'P2', timeline: actions.map((action) => did(action)) });

test('overdue and nearly due are told by the lamp', () => {
  const one = ticket('accepted');
  const found = (due: 'overdue' | 'soon' | '', now: string) => matchesDue(one, due, rules, at(now));
  expect([found('', '2027-01-01T00:00'), found('overdue', '2026-12-01T00:00')]).toEqual([true, true]);
  expect(found('overdue', '2026-11-30T10:00')).toBe(false);
  expect([found('soon', '2026-11-30T10:00'), found('soon', '2026-11-24T10:00')]).toEqual([true, false]);
  expect(matchesDue(ticket('accepted', 'resolved'), 'overdue', rules, at('2027-01-01T00:00'))).toBe(false);
});

const row = (id: string, sort: number): ViewRecord<'ticket'> => ({
  space: 'grid:g1',
  kind: 'ticket',
  id,
  ver: 1,
  deleted: false,
  pending: false,
  data: ticketWith({ text: id, loggedAt: sort }),
});
const reader =
  (rows: ViewRecord<'ticket'>[]): ReadPage =>
  (after, limit) => {
    const from = after ? rows.findIndex(({ id }) => id === after.id) + 1 : 0;
    return rows.slice(from, from + limit);
  };
const DUE: Readonly<Record<string, number>> = { late: 1, soon: 2, later: 3 };
const open = [row('still', 9), row('later', 8), row('late', 7), row('soon', 6), row('resolved', 5)];
const ended = [row('closed', 4), row('declined', 3)];
const collect = (wanted: number, withEnded = true) =>
  collectByDue(
    reader(open),
    withEnded ? reader(ended) : null,
    () => true,
    ({ text }) => DUE[text] ?? Infinity,
    wanted,
  );

test('what is due first comes first, then what is not due, then what has ended', () => {
  expect(collect(40).rows.map(({ id }) => id)).toEqual([
    'late',
    'soon',
    'later',
    'still',
    'resolved',
    'closed',
    'declined',
  ]);
  expect(collect(40).complete).toBe(true);
});

test('no more rows than are wanted, and whether there are more is known', () => {
  expect(collect(2)).toMatchObject({ rows: [{ id: 'late' }, { id: 'soon' }], complete: false });
  expect(collect(6)).toMatchObject({ complete: false });
  expect(collect(5)).toMatchObject({ complete: false });
  expect(collect(5, false)).toMatchObject({ complete: true });
  expect(collect(7)).toMatchObject({ complete: true });
});
