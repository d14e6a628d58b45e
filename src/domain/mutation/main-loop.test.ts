import { expect, test } from 'vitest';
import { claimViewIdOf } from '../claim/claim-view-id.ts';
import { gridSpace, memberSpace, wallSpace } from '../space/space.ts';
import {
  CARD,
  claimStep,
  door,
  logAtDoor,
  publishAtDesk,
  SLIP,
  smallOffice,
  step,
  take,
  TICKET,
  ticketIn,
} from './small-office-for-tests.ts';
import { C1, claimer, G1, residentOf, secondClaimer } from './world-for-tests.ts';

test('a wish goes from the door to the wall, is claimed once, granted, confirmed and rated', () => {
  const world = smallOffice();
  logAtDoor(world);
  publishAtDesk(world);
  const wall = wallSpace(C1);
  expect(world.must(wall, 'card', CARD)).toMatchObject({ state: 'open', where: '凤凰苑', claim: null });
  expect(JSON.stringify(world.must(wall, 'card', CARD))).not.toMatch(/302|潘|1990/);

  world.do(take(claimer, 'first'));
  const lost = world.tell(take(secondClaimer, 'second'));
  expect(lost?.code).toBe('claimTaken');
  expect(lost?.data.winnerName).toBe('李伟');
  const [notice] = world.list(memberSpace(secondClaimer.id), 'notice');
  expect(notice).toMatchObject({ type: 'claimLost', params: { winnerName: '李伟', at: lost?.data.at } });

  const view = claimViewIdOf(TICKET, 'first');
  const mine = memberSpace(claimer.id);
  expect(world.must(mine, 'claimView', view)).toMatchObject({
    state: 'active',
    address: door.label,
    contact: { name: '潘阿姨', phone: '19900001234' },
  });
  expect(ticketIn(world)).toMatchObject({ state: 'claimed', handlerId: claimer.id, handlerName: '李伟' });

  world.do(claimStep(claimer, 'first', 'progress', { text: '约好周六上门。' }));
  expect(ticketIn(world).state).toBe('inProgress');
  world.do(claimStep(claimer, 'first', 'fulfil', { outcome: 'solved', result: '两处都补好了。' }));
  expect(ticketIn(world)).toMatchObject({ state: 'resolved', outcome: 'solved', result: '两处都补好了。' });
  expect(world.must(wall, 'card', CARD).state).toBe('fulfilled');
  expect(world.must(mine, 'member', claimer.id).openClaims).toEqual([]);

  world.do(step(residentOf(SLIP), 'confirm', { satisfaction: null }));
  world.do(step(residentOf(SLIP), 'rate', { satisfaction: 'satisfied', text: '谢谢小李' }));
  expect(ticketIn(world)).toMatchObject({ state: 'closed', satisfaction: 'satisfied' });
  expect(world.must(mine, 'claimView', view)).toMatchObject({ state: 'confirmed', address: '', contact: null });
  expect(world.list(mine, 'notice').map(({ type }) => type)).toEqual(['wishConfirmed']);
  expect(ticketIn(world).timeline.map(({ action }) => action)).toEqual([
    'logged',
    'accepted',
    'published',
    'claimed',
    'progress',
    'resolved',
    'confirmed',
    'rated',
  ]);
  expect(world.list(gridSpace(G1), 'household')).toHaveLength(1);
});
