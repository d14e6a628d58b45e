import { expect, test } from 'vitest';
import { logAtDoor, smallOffice, step, TICKET, ticketIn } from '../mutation/small-office-for-tests.ts';
import { coordinator, G1, secondVolunteer, volunteer, type World } from '../mutation/world-for-tests.ts';
import { gridSpace } from '../space/space.ts';
import type { TicketState } from '../ticket/ticket.ts';
import type { Conflict } from './conflict.ts';

const grid = gridSpace(G1);
const TEXT = '纱窗破了两处，想请人修补。';

/** A matter in this state, with the words of a second volunteer kept beside those that stand. */
function clashed(state: TicketState): { world: World; id: string } {
  const world = smallOffice();
  logAtDoor(world);
  world.do(step(volunteer, 'amend', { text: { from: TEXT, to: '三处' } }));
  world.do(step(secondVolunteer, 'amend', { text: { from: TEXT, to: '四处' } }));
  const [key] = [...world.records.keys()].filter((name) => name.split('\n')[1] === 'conflict');
  world.set(grid, 'ticket', TICKET, { ...ticketIn(world), state });
  return { world, id: key?.split('\n')[2] ?? '' };
}

/** Whether the kept words may still go in. */
const EXPECTED: Readonly<Record<TicketState, boolean>> = {
  logged: true,
  returned: true,
  accepted: true,
  published: true,
  claimed: true,
  dispatched: true,
  inProgress: true,
  suspended: true,
  reopened: true,
  resolved: false,
  closed: false,
  declined: false,
  withdrawn: false,
  merged: false,
};

const STATES = Object.keys(EXPECTED) as TicketState[];

test.each(STATES)('of a matter that is %s kept words go in only while it may be amended', (state) => {
  for (const actor of [secondVolunteer, coordinator]) {
    const { world, id } = clashed(state);
    const told = world.tell({ actor, space: grid, name: 'conflict.resolve', args: { id, choose: 'mine' } });
    expect(told === undefined ? null : [told.code, told.data]).toEqual(EXPECTED[state] ? null : ['state', { state }]);
    expect(ticketIn(world).text).toBe(EXPECTED[state] ? '四处' : '三处');
    expect(world.must(grid, 'conflict', id).resolution).toBe(EXPECTED[state] ? 'mine' : null);
  }
});

test.each(STATES)('of a matter that is %s the standing words may always be let be', (state) => {
  const { world, id } = clashed(state);
  world.do({ actor: secondVolunteer, space: grid, name: 'conflict.resolve', args: { id, choose: 'theirs' } });
  expect(ticketIn(world)).toMatchObject({ text: '三处', state });
  expect(world.must(grid, 'conflict', id).resolution).toBe('theirs');
});

/** B has seen 三处 as what stands, and the coordinator makes 五处 of it before B decides. */
function amendedSince(): { world: World; id: string } {
  const { world, id } = clashed('accepted');
  world.do(step(coordinator, 'amend', { text: { from: '三处', to: '五处' } }));
  return { world, id };
}

const SEEN = { value: '三处', turn: 0 };
const SINCE = { value: '五处', turn: 1 };
const decide = (world: World, id: string, args: object, v = 2): string | undefined =>
  world.tell({ actor: secondVolunteer, space: grid, name: 'conflict.resolve', args: { id, ...args }, v })?.code;
const conflictIn = (world: World, id: string): Conflict => world.must(grid, 'conflict', id);

test.each([
  ['mine', 2],
  ['theirs', 2],
  ['mine', 1],
  ['theirs', 1],
] as const)('%s by version %i over words that nobody saw writes nothing over: it stays open with them', (choose, v) => {
  const { world, id } = amendedSince();
  expect(decide(world, id, { choose, ...(v === 2 && { seen: SEEN }) }, v)).toBeUndefined();
  expect(ticketIn(world).text).toBe('五处');
  const open = { mine: '四处', theirs: '五处', passed: ['三处'], resolution: null, resolvedAt: null };
  expect(conflictIn(world, id)).toMatchObject(open);
  expect(decide(world, id, { choose: 'mine', seen: SINCE })).toBeUndefined();
  expect(ticketIn(world).text).toBe('四处');
  expect(conflictIn(world, id)).toMatchObject({ resolution: 'mine', theirs: '五处', passed: ['三处'] });
});

test('who sees the words of now decides at once, and what they replace is kept with the decision', () => {
  const { world, id } = amendedSince();
  expect(decide(world, id, { choose: 'mine', seen: { value: '五处', turn: 0 } })).toBeUndefined();
  expect(ticketIn(world).text).toBe('四处');
  expect(conflictIn(world, id)).toMatchObject({ resolution: 'mine', theirs: '五处', passed: ['三处'] });
});

test('a decision of a phone of before goes in where the words of the clash still stand, never later', () => {
  const { world, id } = clashed('accepted');
  expect(decide(world.copy(), id, { choose: 'mine' }, 1)).toBeUndefined();
  world.do(step(coordinator, 'amend', { text: { from: '三处', to: '五处' } }));
  decide(world, id, { choose: 'mine' }, 1);
  decide(world, id, { choose: 'mine' }, 1);
  expect([ticketIn(world).text, conflictIn(world, id).passed]).toEqual(['五处', ['三处']]);
});

test('a third text goes in, and both that it replaces stay with the decision', () => {
  const { world, id } = clashed('accepted');
  expect(decide(world, id, { choose: 'edited', text: ' 三处，还有四处小的 ', seen: SEEN })).toBeUndefined();
  expect(ticketIn(world).text).toBe('三处，还有四处小的');
  const decided = { mine: '四处', theirs: '三处', edited: '三处，还有四处小的', resolution: 'edited' };
  expect(conflictIn(world, id)).toMatchObject(decided);
});

test('a third text over words that nobody saw is kept until it is decided', () => {
  const { world, id } = amendedSince();
  expect(decide(world, id, { choose: 'edited', text: '七处', seen: SEEN })).toBeUndefined();
  expect(ticketIn(world).text).toBe('五处');
  expect(conflictIn(world, id)).toMatchObject({ mine: '四处', theirs: '五处', offered: ['七处'], resolution: null });
});

test.each([
  ['none', { choose: 'edited' }],
  ['an empty one', { choose: 'edited', text: ' ' }],
  ['one beside another choice', { choose: 'mine', text: '七处' }],
])('of a third text, %s is refused', (_what, args) => {
  const { world, id } = clashed('accepted');
  expect(decide(world, id, { ...args, seen: SEEN })).toBe('invalid');
});

test('what is switched or chosen from a list takes no third text', () => {
  const { world, id } = clashed('accepted');
  for (const field of ['urgent', 'item']) {
    world.set(grid, 'conflict', id, { ...conflictIn(world, id), field });
    expect(decide(world, id, { choose: 'edited', text: 'LD02', seen: SEEN }), field).toBe('invalid');
  }
});
