import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import { claimed } from '../claim/claims-for-tests.ts';
import { CONTACT, smallOffice, step } from '../mutation/small-office-for-tests.ts';
import { admin, claimer, coordinator, secondClaimer, timer, type Act } from '../mutation/world-for-tests.ts';
import { memberSpace } from '../space/space.ts';

test('a notice is read by its member, once', () => {
  const world = claimed();
  world.do(step(coordinator, 'unpublish', { reason: '重复了' }));
  const space = memberSpace(claimer.id);
  const [id = ''] = [...world.records.keys()]
    .filter((key) => key.startsWith(`${space}\nnotice\n`))
    .map((key) => key.slice(-36));
  const read = (actor: Actor, at: number): Act => ({ actor, space, name: 'notice.read', args: { id }, at });
  expect(world.tell(read(secondClaimer, 1))?.code).toBe('forbidden');
  world.do(read(claimer, 5));
  world.do(read(claimer, 9));
  expect(world.must(space, 'notice', id).readAt).toBe(5);
});

test('the server tells of a decision once, and nobody else tells', () => {
  const world = smallOffice();
  const space = memberSpace(claimer.id);
  const args = { id: CONTACT, type: 'heldReturned', about: null, params: { reason: '地址不对' } };
  const tell = (actor: Actor, at: number): Act => ({ actor, space, name: 'notice.tell', args, at });
  for (const actor of [claimer, admin, coordinator]) expect(world.tell(tell(actor, 1))?.code).toBe('forbidden');
  world.do(tell(timer, 5));
  world.do(tell(timer, 9));
  expect(world.list(space, 'notice')).toEqual([
    { type: 'heldReturned', at: 5, readAt: null, about: null, params: { reason: '地址不对' } },
  ]);
});
