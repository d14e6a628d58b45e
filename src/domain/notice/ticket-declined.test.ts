import { expect, test } from 'vitest';
import { logAtDoor, smallOffice, step, TICKET } from '../mutation/small-office-for-tests.ts';
import { coordinator, G1, secondVolunteer, volunteer, type World } from '../mutation/world-for-tests.ts';
import { gridSpace, memberSpace } from '../space/space.ts';

const told = (world: World, id: string) => world.list(memberSpace(id), 'notice');

test('whoever wrote a matter that is declined is told why, once', () => {
  const world = smallOffice();
  logAtDoor(world);
  world.do({ ...step(coordinator, 'decline', { reason: '不属于社区的事' }), mid: 'declined' });
  const notice = {
    type: 'ticketDeclined',
    readAt: null,
    about: { space: gridSpace(G1), kind: 'ticket', id: TICKET },
    params: { reason: '不属于社区的事' },
  };
  expect(told(world, volunteer.id)).toEqual([expect.objectContaining(notice)]);
  expect(told(world, secondVolunteer.id)).toEqual([]);
  expect(told(world, coordinator.id)).toEqual([]);
  expect(world.tell({ ...step(coordinator, 'decline', { reason: '不属于社区的事' }), mid: 'again' })?.code).toBe(
    'state',
  );
  expect(told(world, volunteer.id)).toHaveLength(1);
});
