import { expect, test } from 'vitest';
import { NEVER } from '../card/claim-term.ts';
import { CARD, claimStep, take, ticketIn } from '../mutation/small-office-for-tests.ts';
import { admin, claimer, coordinator, timer, type Act } from '../mutation/world-for-tests.ts';
import { memberSpace } from '../space/space.ts';
import { cardIn, claimed, noticesOf, viewIn, wall } from './claims-for-tests.ts';

const expire = (at: number, claimMid = 'first'): Act => ({
  actor: timer,
  space: wall,
  name: 'claim.expire',
  args: { cardId: CARD, claimMid },
  at,
});

test('a claim without a step falls back to the wall on its day, and not before', () => {
  const world = claimed();
  const due = cardIn(world).claim?.expiresAt ?? 0;
  world.do(expire(due - 1));
  expect(cardIn(world).state).toBe('claimed');
  world.do(expire(due, 'another'));
  expect(cardIn(world).state).toBe('claimed');
  world.do(expire(due));
  expect(cardIn(world)).toMatchObject({ state: 'open', claim: null });
  expect(ticketIn(world)).toMatchObject({ state: 'published', handlerId: null, handlerName: '' });
  expect(ticketIn(world).timeline.at(-1)).toMatchObject({ action: 'expired', byRole: 'timer' });
  expect(viewIn(world)).toMatchObject({ state: 'expired', address: '', contact: null });
  expect(noticesOf(world, claimer)).toMatchObject([{ type: 'claimExpired' }]);
  expect(world.must(memberSpace(claimer.id), 'member', claimer.id).openClaims).toEqual([]);
  world.do(take(claimer, 'once more'));
  expect(cardIn(world).state).toBe('claimed');
});

test('after the first step it no longer falls back by itself', () => {
  const world = claimed();
  const due = cardIn(world).claim?.expiresAt ?? 0;
  world.do(claimStep(claimer, 'first', 'progress', { text: '约好周六上门' }));
  expect(cardIn(world).claim?.expiresAt).toBe(NEVER);
  world.do(expire(due));
  expect(cardIn(world).state).toBe('claimed');
  expect(ticketIn(world)).toMatchObject({ state: 'inProgress', handlerId: claimer.id });
  expect(viewIn(world)).toMatchObject({ state: 'inProgress', notes: [{ text: '约好周六上门' }] });
});

test('only the timer lets claims expire', () => {
  for (const actor of [claimer, coordinator, admin]) {
    expect(claimed().tell({ ...expire(NEVER), actor })?.code).toBe('forbidden');
  }
});
