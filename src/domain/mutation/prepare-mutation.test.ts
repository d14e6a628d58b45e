import * as v from 'valibot';
import { expect, test } from 'vitest';
import { ticketStartArgs } from '../ticket/ticket-args.ts';
import { startTicket } from '../ticket/work-steps.ts';
import fixturesV1 from './fixtures/v1.json' with { type: 'json' };
import fixturesV2 from './fixtures/v2.json' with { type: 'json' };
import { defineMutator } from './mutator.ts';
import { mutators } from './mutators.ts';
import { prepareArgs, UnknownMutation } from './prepare-mutation.ts';
import { Refusal } from './refusal.ts';

/** One valid example of every released version of every mutator's args. What stands here is never changed. */
const FIXTURES: Readonly<Record<number, Readonly<Record<string, unknown>>>> = { 1: fixturesV1, 2: fixturesV2 };

test('every version of every mutator has its fixture, and no fixture is of something else', () => {
  for (const { name, version } of mutators.values()) {
    for (let number = 1; number <= version; number++) {
      expect(Object.keys(FIXTURES[number] ?? {}), `${name} version ${number}`).toContain(name);
    }
  }
  for (const named of Object.values(FIXTURES)) {
    for (const name of Object.keys(named)) expect([...mutators.keys()]).toContain(name);
  }
});

for (const [version, named] of Object.entries(FIXTURES)) {
  test(`what a phone saved as version ${version} is still understood`, () => {
    for (const [name, args] of Object.entries(named)) {
      const prepared = prepareArgs(mutators, name, Number(version), args);
      expect(prepared.mutator.name).toBe(name);
      if (prepared.mutator.version === Number(version)) expect(prepared.args, name).toEqual(args);
    }
  });
}

test('args with a field too many, one too few or none at all are refused as invalid', () => {
  for (const [name, args] of Object.entries(fixturesV1)) {
    const wrong: unknown[] = [{ ...args, more: 1 }, null, 'text', []];
    const [first] = Object.keys(args);
    if (first !== undefined) wrong.push({ ...args, [first]: {} });
    for (const given of wrong)
      expect(() => prepareArgs(mutators, name, 1, given), name).toThrow(new Refusal('invalid'));
  }
});

test('a name or a version to which nothing leads is unknown, and so is held rather than refused', () => {
  expect(() => prepareArgs(mutators, 'ticket.dance', 1, {})).toThrow(UnknownMutation);
  expect(() => prepareArgs(mutators, 'ticket.start', 2, {})).toThrow(UnknownMutation);
  expect(() => prepareArgs(mutators, 'ticket.start', 0, {})).toThrow(UnknownMutation);
});

/** As it might be released one day: who comes along is said too. */
const startOfToday = defineMutator({
  ...startTicket,
  homing: undefined,
  version: 3,
  args: v.strictObject({
    ...ticketStartArgs.entries,
    companions: v.array(v.string()),
    by: v.picklist(['foot', 'car']),
  }),
  upcast: {
    1: (args) => ({ ...(args as object), companions: [] }),
    2: (args) => ({ ...(args as object), by: 'foot' }),
  },
});

test('a queue stored as the first version is lifted step by step', () => {
  const registry = new Map([...mutators, [startOfToday.name, startOfToday]]);
  const { mutator, args } = prepareArgs(registry, 'ticket.start', 1, fixturesV1['ticket.start']);
  expect(mutator).toBe(startOfToday);
  expect(args).toEqual({ ...fixturesV1['ticket.start'], companions: [], by: 'foot' });
  const second = { ...fixturesV1['ticket.start'], companions: ['陈静'] };
  expect(prepareArgs(registry, 'ticket.start', 2, second).args).toEqual({ ...second, by: 'foot' });
});

test('a step that is missing in the chain makes the version unknown', () => {
  const broken = new Map([
    [startOfToday.name, { ...startOfToday, upcast: { 1: startOfToday.upcast?.[1] ?? (() => 0) } }],
  ]);
  expect(() => prepareArgs(broken, 'ticket.start', 1, fixturesV1['ticket.start'])).toThrow(UnknownMutation);
});
