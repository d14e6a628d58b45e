import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarOf } from './calendar.ts';
import { dueOf, type Pause } from './due.ts';
import type { Term } from './term-table.ts';

const HOUR = 60 * 60 * 1000;
const calendar = calendarOf([]);
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const hours = (amount: number): Term => ({ amount, unit: 'hour' });
const days = (amount: number): Term => ({ amount, unit: 'workday' });
const due = (term: Term, start: string, ...pauses: [string, string][]): string => {
  const list = pauses.map(([from, to]) => ({ from: at(from), to: to === '' ? Infinity : at(to) }));
  const ms = dueOf(term, at(start), list, calendar);
  return ms === null ? 'never' : new Date(ms + 8 * HOUR).toISOString().slice(0, 16);
};

test('hours run through nights and holidays', () => {
  expect(due(hours(24), '2026-10-01T09:30')).toBe('2026-10-02T09:30');
});

test('the day of logging is not counted, and the last day counts to its end', () => {
  expect(due(days(1), '2026-11-23T00:00')).toBe('2026-11-25T00:00');
  expect(due(days(1), '2026-11-23T23:59')).toBe('2026-11-25T00:00');
  expect(due(days(5), '2026-11-25T10:00')).toBe('2026-12-03T00:00');
  expect(due(days(1), '2026-11-27T10:00')).toBe('2026-12-01T00:00');
  expect(due(days(1), '2026-11-28T10:00')).toBe('2026-12-01T00:00');
});

test('hours stand still in a pause, and what was used stays used', () => {
  expect(due(hours(24), '2026-11-23T10:00', ['2026-11-23T12:00', '2026-11-25T12:00'])).toBe('2026-11-26T10:00');
  expect(due(hours(2), '2026-11-23T10:00', ['2026-11-23T13:00', '2026-11-25T12:00'])).toBe('2026-11-23T12:00');
});

test('a pause takes the working days whose end lies in it', () => {
  const logged = '2026-11-23T10:00';
  // Monday; three working days end with Thursday.
  expect(due(days(3), logged)).toBe('2026-11-27T00:00');
  // Within a day: none.
  expect(due(days(3), logged, ['2026-11-24T09:00', '2026-11-24T18:00'])).toBe('2026-11-27T00:00');
  // From Tuesday evening to Thursday morning: Tuesday and Wednesday.
  expect(due(days(3), logged, ['2026-11-24T18:00', '2026-11-26T09:00'])).toBe('2026-12-01T00:00');
  // Over a weekend alone: Friday.
  expect(due(days(5), logged, ['2026-11-27T18:00', '2026-11-30T09:00'])).toBe('2026-12-02T00:00');
  // On the day of logging, which does not count anyway.
  expect(due(days(3), logged, ['2026-11-23T11:00', '2026-11-24T09:00'])).toBe('2026-11-27T00:00');
  // Exactly from one midnight to the next.
  expect(due(days(3), logged, ['2026-11-24T00:00', '2026-11-25T00:00'])).toBe('2026-11-28T00:00');
});

test('while it stands still nobody knows the end, unless it was over before', () => {
  expect(due(days(3), '2026-11-23T10:00', ['2026-11-25T09:00', ''])).toBe('never');
  expect(due(days(1), '2026-11-23T10:00', ['2026-11-25T09:00', ''])).toBe('2026-11-25T00:00');
  expect(due(hours(24), '2026-11-23T10:00', ['2026-11-23T12:00', ''])).toBe('never');
  expect(due(hours(2), '2026-11-23T10:00', ['2026-11-23T12:00', ''])).toBe('2026-11-23T12:00');
});

/** Starts in all of 2025 to 2027: holidays, make-up days and a year without a table. */
const start = fc.integer({ min: at('2025-01-01T00:00'), max: at('2027-06-30T00:00') });
const term = fc.oneof(fc.integer({ min: 1, max: 99 }).map(hours), fc.integer({ min: 1, max: 30 }).map(days));
/** Pauses in order, from the waits before and the lengths of each; of whole minutes, and often of whole days. */
const span = fc.oneof(
  fc.nat({ max: 6 * 24 * 60 }),
  fc.nat({ max: 6 }).map((n) => n * 24 * 60),
);
const spans = fc.array(fc.tuple(span, span), { maxLength: 4 });
const pausesFrom = (first: number, list: readonly (readonly [number, number])[]): Pause[] => {
  const pauses: Pause[] = [];
  let from = first;
  for (const [wait, length] of list) {
    const begin = from + wait * 60_000;
    from = begin + length * 60_000;
    if (from > begin) pauses.push({ from: begin, to: from });
  }
  return pauses;
};

test('a longer pause never makes it due earlier', () => {
  fc.assert(
    fc.property(start, term, spans, fc.nat(), fc.nat({ max: 20_000 }), (from, what, list, which, more) => {
      const pauses = pausesFrom(from, list);
      const before = dueOf(what, from, pauses, calendar) ?? Infinity;
      const index = pauses.length === 0 ? 0 : which % pauses.length;
      const room = pauses[index + 1]?.from ?? Infinity;
      const longer = pauses.map((one, n) =>
        n === index ? { ...one, to: Math.min(room, one.to + more * 60_000) } : one,
      );
      expect(dueOf(what, from, longer, calendar) ?? Infinity).toBeGreaterThanOrEqual(before);
      const sooner = pauses.map((one, n) =>
        n === index ? { ...one, from: Math.max(pauses[n - 1]?.to ?? from, one.from - more * 60_000) } : one,
      );
      expect(dueOf(what, from, sooner, calendar) ?? Infinity).toBeGreaterThanOrEqual(before);
      expect(before).toBeGreaterThanOrEqual(dueOf(what, from, [], calendar) ?? NaN);
    }),
    { numRuns: 500 },
  );
});

test('more time is never due earlier', () => {
  fc.assert(
    fc.property(start, term, spans, fc.integer({ min: 1, max: 20 }), (from, what, list, more) => {
      const pauses = pausesFrom(from, list);
      const longer = { ...what, amount: what.amount + more };
      const before = dueOf(what, from, pauses, calendar) ?? Infinity;
      expect(dueOf(longer, from, pauses, calendar) ?? Infinity).toBeGreaterThan(before);
    }),
    { numRuns: 500 },
  );
});

test('what is over before a pause begins stays as it was', () => {
  fc.assert(
    fc.property(start, term, spans, fc.nat({ max: 20_000 }), (from, what, list, later) => {
      const pauses = pausesFrom(from, list);
      const before = dueOf(what, from, pauses, calendar) ?? NaN;
      const next = Math.max(before, pauses.at(-1)?.to ?? 0) + later * 60_000;
      expect(dueOf(what, from, [...pauses, { from: next, to: Infinity }], calendar)).toBe(before);
    }),
    { numRuns: 300 },
  );
});
