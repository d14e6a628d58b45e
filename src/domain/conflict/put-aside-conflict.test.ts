import { expect, test } from 'vitest';
import { logAtDoor, smallOffice, step, ticketIn } from '../mutation/small-office-for-tests.ts';
import { coordinator, G1, secondVolunteer, volunteer, type World } from '../mutation/world-for-tests.ts';
import type { Actor } from '../actor/actor.ts';
import { gridSpace } from '../space/space.ts';

const grid = gridSpace(G1);
const TEXT = '纱窗破了两处，想请人修补。';

function clashed(): { world: World; id: string } {
  const world = smallOffice();
  logAtDoor(world);
  world.do(step(volunteer, 'amend', { text: { from: TEXT, to: '三处' } }));
  world.do(step(secondVolunteer, 'amend', { text: { from: TEXT, to: '四处' } }));
  const [key] = [...world.records.keys()].filter((name) => name.split('\n')[1] === 'conflict');
  return { world, id: key?.split('\n')[2] ?? '' };
}

const putAside = (actor: Actor, id: string) => ({ actor, space: grid, name: 'conflict.putAside', args: { id } });
const decide = (id: string, value: string) => ({
  actor: coordinator,
  space: grid,
  name: 'conflict.resolve',
  v: 2,
  args: { id, choose: 'mine', seen: { value, turn: 0 } },
});

test('its author puts it aside: both values stay, and it can still be decided', () => {
  const { world, id } = clashed();
  world.do(putAside(secondVolunteer, id));
  const aside = world.must(grid, 'conflict', id);
  expect(aside).toMatchObject({ mine: '四处', theirs: '三处', resolvedAt: null });
  expect(aside.asideAt).toBeTypeOf('number');
  world.do(putAside(secondVolunteer, id));
  expect(world.must(grid, 'conflict', id)).toEqual(aside);
  world.do(decide(id, '三处'));
  expect(ticketIn(world).text).toBe('四处');
});

test.each([
  ['the one whose value stands', volunteer],
  ['whoever has the say there', coordinator],
])('%s cannot put it aside for its author', (_who, actor) => {
  const { world, id } = clashed();
  expect(world.tell(putAside(actor, id))?.code).toBe('forbidden');
  expect(world.must(grid, 'conflict', id).asideAt).toBeUndefined();
});

test('a decision that came too late brings it back before its author', () => {
  const { world, id } = clashed();
  world.do(putAside(secondVolunteer, id));
  world.do(step(coordinator, 'amend', { text: { from: '三处', to: '五处' } }));
  world.do(decide(id, '三处'));
  expect(world.must(grid, 'conflict', id)).toMatchObject({ theirs: '五处', resolvedAt: null });
  expect(world.must(grid, 'conflict', id).asideAt).toBeUndefined();
});
