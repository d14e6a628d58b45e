import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TIERS } from '../catalogue/catalogue.ts';
import type { TimelineAction, TimelineEntry } from '../ticket/ticket.ts';
import { clockOf, clockRulesOf, dueAtOf, legUnderWay } from './clock.ts';

const rules = clockRulesOf(undefined, []);
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const LOGGED = at('2026-11-23T10:00');

const entry = (action: TimelineAction, when: number): TimelineEntry => ({
  id: '',
  at: when,
  action,
  byId: '',
  byName: '',
  byRole: 'coordinator',
  text: '',
  open: false,
});
const timeline = (...steps: [TimelineAction, string][]): TimelineEntry[] => [
  entry('logged', LOGGED),
  ...steps.map(([action, when]) => entry(action, at(when))),
];
const clock = (...steps: [TimelineAction, string][]) =>
  clockOf({ tier: 'P2', loggedAt: LOGGED, timeline: timeline(...steps) }, rules);

test('both legs run from logging', () => {
  const { respond, finish } = clock();
  expect(respond).toMatchObject({ dueAt: at('2026-11-25T00:00'), doneAt: null, late: false });
  expect(finish).toMatchObject({ dueAt: at('2026-12-01T00:00'), doneAt: null, late: false });
  expect(legUnderWay(clock())?.leg).toBe('respond');
});

test.each(['accepted', 'returned', 'declined', 'merged'] as const)('the desk has answered with: %s', (action) => {
  const { respond } = clock([action, '2026-11-24T09:00'], ['accepted', '2026-11-26T09:00']);
  expect(respond.doneAt).toBe(at('2026-11-24T09:00'));
  expect(respond.late).toBe(false);
});

test('an answer after its time is late, and stays so', () => {
  expect(clock(['accepted', '2026-11-25T00:01']).respond.late).toBe(true);
  expect(legUnderWay(clock(['accepted', '2026-11-25T00:01']))?.leg).toBe('finish');
});

test('a result stops the clock, and closing later changes nothing', () => {
  const resolved = clock(['accepted', '2026-11-24T09:00'], ['resolved', '2026-11-30T18:00']);
  expect(resolved.finish).toMatchObject({ doneAt: at('2026-11-30T18:00'), late: false });
  expect(legUnderWay(resolved)).toBeNull();
  const closed = clock(
    ['accepted', '2026-11-24T09:00'],
    ['resolved', '2026-11-30T18:00'],
    ['rated', '2026-12-07T09:00'],
    ['confirmed', '2026-12-08T09:00'],
  );
  expect(closed.finish).toEqual(resolved.finish);
  expect(clock(['accepted', '2026-11-24T09:00'], ['resolved', '2026-12-01T00:01']).finish.late).toBe(true);
});

test('it stands still while suspended, and goes on with what is left', () => {
  const suspended = clock(['accepted', '2026-11-24T09:00'], ['suspended', '2026-11-25T09:00']);
  expect(suspended.finish.dueAt).toBeNull();
  expect(suspended.suspended).toBe(true);
  expect(legUnderWay(suspended)).toBeNull();
  // One working day was used, of five; Monday is the second.
  const resumed = clock(
    ['accepted', '2026-11-24T09:00'],
    ['suspended', '2026-11-25T09:00'],
    ['resumed', '2026-12-14T09:00'],
  );
  expect(resumed.suspended).toBe(false);
  expect(legUnderWay(resumed)).toMatchObject({ leg: 'finish', dueAt: at('2026-12-18T00:00') });
});

test('between a result and the reopening it stands still too', () => {
  const reopened = clock(
    ['accepted', '2026-11-24T09:00'],
    ['resolved', '2026-11-25T09:00'],
    ['confirmed', '2026-11-26T09:00'],
    ['reopened', '2026-12-14T09:00'],
  );
  expect(reopened.finish).toMatchObject({ dueAt: at('2026-12-18T00:00'), doneAt: null });
  expect(reopened.respond.doneAt).toBe(at('2026-11-24T09:00'));
});

test('a refusal ends both legs, also of what was suspended', () => {
  const declined = clock(
    ['accepted', '2026-11-24T09:00'],
    ['suspended', '2026-11-25T09:00'],
    ['declined', '2026-12-14T09:00'],
  );
  expect(declined).toMatchObject({ suspended: false, finish: { doneAt: at('2026-12-14T09:00'), late: false } });
  expect(clock(['withdrawn', '2026-11-24T09:00']).respond.doneAt).toBe(at('2026-11-24T09:00'));
});

test('an entry that came late with an earlier time does not turn the clock back', () => {
  const { pauses } = clock(
    ['accepted', '2026-11-24T09:00'],
    ['suspended', '2026-11-25T09:00'],
    ['resumed', '2026-11-24T10:00'],
  );
  expect(pauses).toEqual([]);
});

test('another tier is another term, from logging as well', () => {
  const urgent = clockOf({ tier: 'P0', loggedAt: LOGGED, timeline: timeline() }, rules);
  expect([urgent.respond.dueAt, urgent.finish.dueAt]).toEqual([at('2026-11-23T12:00'), at('2026-11-24T10:00')]);
});

const ACTIONS: readonly TimelineAction[] = [
  'accepted',
  'suspended',
  'resumed',
  'resolved',
  'confirmed',
  'reopened',
  'declined',
  'progress',
  'dispatched',
];
const course = fc.array(
  fc.record({ action: fc.constantFrom(...ACTIONS), after: fc.nat({ max: 5 * 24 * 60 }), back: fc.boolean() }),
  { maxLength: 10 },
);

test('a return changes nothing of the term, wherever it comes', () => {
  fc.assert(
    fc.property(course, fc.constantFrom(...TIERS), (steps, tier) => {
      let when = LOGGED;
      const plain: TimelineEntry[] = [entry('logged', when)];
      const returned: TimelineEntry[] = [entry('logged', when)];
      for (const { action, after, back } of steps) {
        if (back) returned.push(entry('returned', when + after * 20_000), entry('resubmitted', when + after * 40_000));
        when += after * 60_000;
        plain.push(entry(action, when));
        returned.push(entry(action, when));
      }
      const before = clockOf({ tier, loggedAt: LOGGED, timeline: plain }, rules);
      const after = clockOf({ tier, loggedAt: LOGGED, timeline: returned }, rules);
      expect(after.finish).toEqual(before.finish);
      expect(after.pauses).toEqual(before.pauses);
      expect(after.respond.dueAt).toEqual(before.respond.dueAt);
    }),
    { numRuns: 500 },
  );
});

test('what the desk owes next is due, what it owes nothing of is not', () => {
  const due = (...steps: [TimelineAction, string][]): number =>
    dueAtOf({ tier: 'P2', loggedAt: LOGGED, timeline: timeline(...steps) }, rules);
  expect(due()).toBe(at('2026-11-25T00:00'));
  expect(due(['accepted', '2026-11-23T11:00'])).toBe(at('2026-12-01T00:00'));
  expect(due(['accepted', '2026-11-23T11:00'], ['suspended', '2026-11-23T11:00'])).toBe(Infinity);
  expect(due(['accepted', '2026-11-23T11:00'], ['resolved', '2026-11-23T11:00'])).toBe(Infinity);
});
