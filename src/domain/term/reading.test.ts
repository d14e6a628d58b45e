import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TIERS, type Tier } from '../catalogue/catalogue.ts';
import type { TimelineAction, TimelineEntry } from '../ticket/ticket.ts';
import { clockOf, clockRulesOf } from './clock.ts';
import { readClock } from './reading.ts';

const rules = clockRulesOf(undefined, []);
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const LOGGED = at('2026-11-23T10:00');

const entry = (action: TimelineAction, when: string): TimelineEntry => ({
  id: '',
  at: at(when),
  action,
  byId: '',
  byName: '',
  byRole: 'coordinator',
  text: '',
  open: false,
});
const read = (tier: Tier, now: string, ...steps: [TimelineAction, string][]) => {
  const timeline = steps.map(([action, when]) => entry(action, when));
  return readClock(clockOf({ tier, loggedAt: LOGGED, timeline }, rules), rules, at(now));
};
const accepted: [TimelineAction, string] = ['accepted', '2026-11-23T11:00'];

test('green above half, yellow at half, red when it is over', () => {
  const lampAt = (now: string) => read('P2', now, accepted)?.lamp;
  // Five working days, Tuesday to Monday.
  expect(lampAt('2026-11-23T12:00')).toBe('green');
  expect(lampAt('2026-11-26T11:59')).toBe('green');
  expect(lampAt('2026-11-26T12:00')).toBe('yellow');
  expect(lampAt('2026-11-30T23:59')).toBe('yellow');
  expect(lampAt('2026-12-01T00:00')).toBe('red');
});

test('less than a day is yellow, however much of the term that is', () => {
  expect(read('P1', '2026-11-23T10:01')).toMatchObject({ leg: 'respond', lamp: 'yellow' });
  expect(read('P2', '2026-11-23T23:59')).toMatchObject({ leg: 'respond', lamp: 'green' });
  expect(read('P2', '2026-11-24T00:01')).toMatchObject({ leg: 'respond', lamp: 'yellow' });
});

test('what is left is told in the unit of the term', () => {
  expect(read('P0', '2026-11-23T10:50')?.left).toEqual({ amount: 1, unit: 'hour' });
  expect(read('P0', '2026-11-23T11:30')?.left).toEqual({ amount: 30, unit: 'minute' });
  expect(read('P2', '2026-11-25T09:00', accepted)?.left).toEqual({ amount: 3, unit: 'workday' });
  expect(read('P2', '2026-11-28T09:00', accepted)?.left).toEqual({ amount: 1, unit: 'workday' });
  expect(read('P2', '2026-11-30T09:00', accepted)?.left).toEqual({ amount: 0, unit: 'workday' });
});

test('what is over is told in hours on the first day, then in the unit of the term', () => {
  expect(read('P0', '2026-11-23T15:10')?.left).toEqual({ amount: 3, unit: 'hour' });
  expect(read('P0', '2026-11-30T15:10')?.left).toEqual({ amount: 7, unit: 'day' });
  expect(read('P2', '2026-12-01T03:00', accepted)?.left).toEqual({ amount: 3, unit: 'hour' });
  expect(read('P2', '2026-12-02T03:00', accepted)?.left).toEqual({ amount: 2, unit: 'workday' });
  // Saturday and Sunday after a Friday.
  expect(read('P1', '2026-11-29T10:00', accepted)?.left).toEqual({ amount: 1, unit: 'workday' });
});

test('while it stands still, and when it is done, there is no lamp', () => {
  expect(read('P2', '2026-11-25T09:00', accepted, ['suspended', '2026-11-24T09:00'])).toBeNull();
  expect(read('P2', '2026-12-25T09:00', accepted, ['resolved', '2026-11-24T09:00'])).toBeNull();
  expect(read('P2', '2026-12-25T09:00', ['declined', '2026-11-24T09:00'])).toBeNull();
});

test('a pause after the end is not held against anyone', () => {
  const steps: [TimelineAction, string][] = [
    accepted,
    ['suspended', '2026-12-01T12:00'],
    ['resumed', '2026-12-21T12:00'],
  ];
  expect(read('P2', '2026-12-21T18:00', ...steps)).toMatchObject({ lamp: 'red', left: { amount: 18, unit: 'hour' } });
  expect(read('P2', '2026-12-22T18:00', ...steps)?.left).toEqual({ amount: 2, unit: 'workday' });
});

test('a lamp only ever goes from green to yellow to red', () => {
  const order = { green: 0, yellow: 1, red: 2 };
  const tier = fc.constantFrom(...TIERS);
  const start = fc.integer({ min: at('2025-01-01T00:00'), max: at('2027-06-30T00:00') });
  fc.assert(
    fc.property(tier, start, fc.array(fc.nat({ max: 3000 }), { minLength: 2, maxLength: 12 }), (which, from, waits) => {
      const clock = clockOf({ tier: which, loggedAt: from, timeline: [] }, rules);
      let now = from;
      let last = 0;
      for (const wait of waits) {
        now += wait * 60_000;
        const lamp = order[readClock(clock, rules, now)?.lamp ?? 'red'];
        expect(lamp).toBeGreaterThanOrEqual(last);
        last = lamp;
      }
    }),
    { numRuns: 300 },
  );
});
