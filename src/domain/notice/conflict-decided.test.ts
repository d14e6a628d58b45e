import { expect, test } from 'vitest';
import { CONTACT, logAtDoor, smallOffice, step, TICKET } from '../mutation/small-office-for-tests.ts';
import { coordinator, G1, secondVolunteer, volunteer, type World } from '../mutation/world-for-tests.ts';
import type { Actor } from '../actor/actor.ts';
import { contactSpace, gridSpace, memberSpace } from '../space/space.ts';

const grid = gridSpace(G1);
const TEXT = '纱窗破了两处，想请人修补。';
const told = (world: World, id: string) => world.list(memberSpace(id), 'notice');
const conflictId = (world: World): string =>
  [...world.records.keys()].find((key) => key.startsWith(`${grid}\nconflict`))?.split('\n')[2] ?? '';
const decide = (world: World, actor: Actor, args: object, value: string): void => {
  const id = conflictId(world);
  world.do({ actor, space: grid, name: 'conflict.resolve', v: 2, args: { id, ...args, seen: { value, turn: 0 } } });
};

function clashed(): World {
  const world = smallOffice();
  logAtDoor(world);
  world.do(step(volunteer, 'amend', { text: { from: TEXT, to: '三处' } }));
  world.do(step(secondVolunteer, 'amend', { text: { from: TEXT, to: '四处' } }));
  return world;
}

test.each([
  ['conflictMine', { choose: 'mine' }],
  ['conflictTheirs', { choose: 'theirs' }],
  ['conflictEdited', { choose: 'edited', text: '七处' }],
])('whose value waited is told once of what somebody else decided: %s', (type, args) => {
  const world = clashed();
  decide(world, coordinator, args, '三处');
  decide(world, coordinator, args, '三处');
  const about = { space: grid, kind: 'ticket', id: TICKET };
  expect(told(world, secondVolunteer.id)).toEqual([
    expect.objectContaining({ type, readAt: null, about, params: { byName: coordinator.name } }),
  ]);
  expect(told(world, volunteer.id)).toEqual([]);
});

test('who decides of their own is told nothing, nor anybody of what stays open', () => {
  const world = clashed();
  decide(world, coordinator, { choose: 'mine' }, '别的');
  decide(world, secondVolunteer, { choose: 'mine' }, '三处');
  expect(told(world, secondVolunteer.id)).toEqual([]);
});

test('of a contact nothing is told while it stays open', () => {
  const world = smallOffice();
  logAtDoor(world);
  const correct = (actor: Actor, from: string, to: string): void =>
    world.do({ actor, space: contactSpace(G1), name: 'contact.amend', args: { id: CONTACT, phone: { from, to } } });
  correct(volunteer, '19900001234', '19900001243');
  correct(secondVolunteer, '19900001234', '19900001299');
  correct(volunteer, '19900001243', '19900001255');
  decide(world, coordinator, { choose: 'mine' }, '199****1243');
  expect(told(world, secondVolunteer.id)).toEqual([]);
});
