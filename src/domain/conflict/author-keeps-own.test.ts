import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import { CONTACT, logAtDoor, smallOffice, step, TICKET } from '../mutation/small-office-for-tests.ts';
import { claimer, coordinator, G1, secondVolunteer, volunteer, type World } from '../mutation/world-for-tests.ts';
import { contactSpace, gridSpace, memberSpace } from '../space/space.ts';

const grid = gridSpace(G1);
const own = memberSpace(secondVolunteer.id);
const TEXT = '纱窗破了两处，想请人修补。';

const idIn = (world: World): string =>
  [...world.records.keys()].find((key) => key.startsWith(`${grid}\nconflict`))?.split('\n')[2] ?? '';
const ofAuthor = (world: World) => world.list(own, 'ownConflict');
const decide = (world: World, actor: Actor, value: string, choose = 'mine'): void =>
  world.do({
    ...{ actor, space: grid, name: 'conflict.resolve', v: 2 },
    args: { id: idIn(world), choose, seen: { value, turn: 0 } },
  });

function clashed(): World {
  const world = smallOffice();
  logAtDoor(world);
  world.do(step(volunteer, 'amend', { text: { from: TEXT, to: '三处' } }));
  world.do(step(secondVolunteer, 'amend', { text: { from: TEXT, to: '四处' } }));
  return world;
}

test('the author of the value that did not go in has it in their own space, and nothing of the other one', () => {
  const world = clashed();
  const { at } = world.must(grid, 'conflict', idIn(world));
  const kept = { space: grid, kind: 'ticket', recordId: TICKET, field: 'text', mine: '四处', at, asideAt: null };
  expect(world.get(own, 'ownConflict', idIn(world))).toEqual(kept);
  expect(JSON.stringify(ofAuthor(world))).not.toContain('三处');
  expect(world.list(memberSpace(volunteer.id), 'ownConflict')).toEqual([]);
});

test.each([
  ['by its author', secondVolunteer],
  ['by a coordinator', coordinator],
])('decided %s it goes', (_who, actor) => {
  const world = clashed();
  decide(world, actor, '三处');
  expect(ofAuthor(world)).toEqual([]);
});

test('it is aside where the conflict is, and stands again with a decision that came too late', () => {
  const world = clashed();
  world.do({ actor: secondVolunteer, space: grid, name: 'conflict.putAside', args: { id: idIn(world) } });
  expect(ofAuthor(world)).toEqual([expect.objectContaining({ asideAt: expect.any(Number) as number })]);
  world.do(step(coordinator, 'amend', { text: { from: '三处', to: '五处' } }));
  decide(world, coordinator, '三处');
  expect(ofAuthor(world)).toEqual([expect.objectContaining({ asideAt: null, mine: '四处' })]);
});

test('its author puts it aside without the space in which it met, once, and nobody else does', () => {
  const world = clashed();
  const aside = (actor: Actor) => ({ actor, space: own, name: 'ownConflict.putAside', args: { id: idIn(world) } });
  for (const other of [coordinator, claimer]) expect(world.tell(aside(other))?.code).toBe('forbidden');
  world.do(aside(secondVolunteer));
  const [kept] = ofAuthor(world);
  world.do(aside(secondVolunteer));
  expect(ofAuthor(world)).toEqual([kept]);
  expect(kept?.asideAt).toBeTypeOf('number');
  expect(world.must(grid, 'conflict', idIn(world)).resolvedAt).toBeNull();
  decide(world, coordinator, '三处');
  world.do(aside(secondVolunteer));
  expect(ofAuthor(world)).toEqual([]);
});

test('of a contact it has stars, and stays where a decision was left open after all', () => {
  const world = smallOffice();
  logAtDoor(world);
  const correct = (actor: Actor, from: string, to: string): void =>
    world.do({ actor, space: contactSpace(G1), name: 'contact.amend', args: { id: CONTACT, phone: { from, to } } });
  correct(volunteer, '19900001234', '19900001243');
  correct(secondVolunteer, '19900001234', '19900001299');
  expect(ofAuthor(world)).toEqual([expect.objectContaining({ space: grid, kind: 'contact', mine: '199****1299' })]);
  expect(JSON.stringify(ofAuthor(world))).not.toContain('19900001');
  correct(volunteer, '19900001243', '19900001255');
  decide(world, coordinator, '199****1243');
  expect(ofAuthor(world)).toHaveLength(1);
});
