import { expect, test } from 'vitest';
import { calendarOf } from '../../domain/term/calendar.ts';
import { STANDARD_TERMS } from '../../domain/term/term-table.ts';
import type { Outcome, Ticket, TicketKind } from '../../domain/ticket/ticket.ts';
import { placeInGrid, spokenConsent } from '../../../tests/support/factories.ts';
import { presentMatter } from './resident-matter.ts';

const closed = (kind: TicketKind, outcome: Outcome): Ticket => ({
  kind,
  state: 'closed',
  outcome,
  item: 'XS04',
  itemVersion: 1,
  text: '',
  urgent: false,
  tier: 'P2',
  sensitive: false,
  place: placeInGrid('c', 'g'),
  householdId: null,
  visitId: null,
  slipId: null,
  contactId: null,
  consent: spokenConsent(),
  loggedBy: 'v',
  loggedByName: '',
  loggedAt: 0,
  deviceAt: 0,
  handlerId: null,
  handlerName: '',
  leadUnit: '',
  jointUnits: [],
  mergedInto: null,
  reviewOn: null,
  result: '',
  satisfaction: null,
  timeline: [],
  updatedAt: 0,
});
const clock = { rules: { terms: STANDARD_TERMS, calendar: calendarOf([]) }, now: 0 };
const title = (kind: TicketKind, outcome: Outcome): string =>
  presentMatter('t', closed(kind, outcome), '', undefined, clock).state;

test('a matter that was closed without being met is not called met', () => {
  expect(title('wish', 'solved')).toBe('心愿已实现');
  for (const outcome of ['partlySolved', 'notSolvable'] as const) {
    expect(title('wish', outcome)).not.toContain('已实现');
    expect(title('issue', outcome)).toMatch(/一部分|没能/);
  }
});
