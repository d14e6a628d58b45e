import { expect, test } from 'vitest';
import { logAtDoor, smallOffice, step, TICKET, ticketIn } from '../mutation/small-office-for-tests.ts';
import { coordinator, G1, secondVolunteer, volunteer, type World } from '../mutation/world-for-tests.ts';
import { gridSpace } from '../space/space.ts';
import type { TicketState } from '../ticket/ticket.ts';

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
