import { expect, test } from 'vitest';
import { claimStep, publishArgs, SLIP, step, take, ticketIn } from '../mutation/small-office-for-tests.ts';
import { admin, claimer, coordinator, residentOf, secondClaimer, timer } from '../mutation/world-for-tests.ts';
import { memberSpace } from '../space/space.ts';
import { cardIn, claimed, noticesOf, viewIn } from './claims-for-tests.ts';

test('a claim is worked on in the own space alone', () => {
  const world = claimed();
  const progress = claimStep(claimer, 'first', 'progress', { text: '……' });
  for (const actor of [secondClaimer, coordinator, admin, timer]) {
    expect(world.tell({ ...progress, actor })?.code).toBe('forbidden');
  }
  expect(world.tell(claimStep(claimer, 'other', 'progress', { text: '……' }))?.code).toBe('notFound');
});

test('a released wish is on the wall again and the contact is off the phone', () => {
  const world = claimed();
  world.do(claimStep(claimer, 'first', 'release', { reason: '需要木工，我不会' }));
  expect(cardIn(world)).toMatchObject({ state: 'open', claim: null });
  expect(viewIn(world)).toMatchObject({ state: 'released', address: '', contact: null });
  expect(ticketIn(world)).toMatchObject({ state: 'published', handlerId: null });
  expect(ticketIn(world).timeline.at(-1)).toMatchObject({
    action: 'released',
    byRole: 'claimer',
    text: '需要木工，我不会',
    open: false,
  });
  const again = claimStep(claimer, 'first', 'progress', { text: '……' });
  expect(world.tell(again)).toMatchObject({ code: 'state', data: { state: 'released' } });
  world.do(take(secondClaimer, 'second'));
});

test('fulfilled needs a written result, and says what came of it', () => {
  const world = claimed();
  const fulfil = (over: Record<string, unknown>) =>
    claimStep(claimer, 'first', 'fulfil', { outcome: 'solved', result: '好了', ...over });
  expect(world.tell(fulfil({ result: ' ' }))?.code).toBe('resultMissing');
  const vain = world.copy();
  vain.do(fulfil({ outcome: 'notSolvable', result: '尺寸配不上' }));
  expect(cardIn(vain).state).toBe('takenDown');
  expect(ticketIn(vain)).toMatchObject({ state: 'resolved', outcome: 'notSolvable' });
  world.do(fulfil({ outcome: 'partlySolved' }));
  expect(cardIn(world)).toMatchObject({ state: 'fulfilled', claim: { name: '李伟' } });
  expect(viewIn(world).contact).not.toBeNull();
});

test('the resident’s word reaches the claimer, and the contact goes', () => {
  const world = claimed();
  world.do(claimStep(claimer, 'first', 'fulfil', { outcome: 'solved', result: '好了' }));
  const silent = world.copy();
  world.do(step(residentOf(SLIP), 'confirm', { satisfaction: 'satisfied' }));
  expect(viewIn(world)).toMatchObject({ state: 'confirmed', address: '', contact: null, result: '好了' });
  expect(cardIn(world).state).toBe('fulfilled');
  expect(noticesOf(world, claimer)).toMatchObject([{ type: 'wishConfirmed', params: { satisfaction: 'satisfied' } }]);
  silent.do(step(residentOf(SLIP), 'confirm', { satisfaction: null }));
  expect(noticesOf(silent, claimer)[0]?.params).not.toHaveProperty('satisfaction');
});

test('taking the card down takes the claim back and says why', () => {
  const world = claimed();
  world.do(step(coordinator, 'unpublish', { reason: '子女已经办好' }));
  expect(cardIn(world)).toMatchObject({ state: 'takenDown', claim: null });
  expect(viewIn(world)).toMatchObject({ state: 'takenBack', address: '', contact: null });
  expect(noticesOf(world, claimer)).toMatchObject([{ type: 'claimTakenBack', params: { reason: '子女已经办好' } }]);
  expect(ticketIn(world)).toMatchObject({ state: 'accepted', handlerId: null });
});

test('a withdrawn matter takes its card and its claim with it', () => {
  const world = claimed();
  world.do(step(coordinator, 'withdraw', { reason: '搬走了' }));
  expect(cardIn(world).state).toBe('takenDown');
  expect(viewIn(world)).toMatchObject({ state: 'takenBack', contact: null });
});

test('a coordinator who writes the result does so for the claimer', () => {
  const world = claimed();
  world.do(step(coordinator, 'resolve', { outcome: 'solved', result: '小李已办好' }));
  expect(viewIn(world)).toMatchObject({ state: 'fulfilled', result: '小李已办好' });
  expect(cardIn(world).state).toBe('fulfilled');
  expect(world.must(memberSpace(claimer.id), 'member', claimer.id).openClaims).toEqual([]);
});

test('a reopened wish is off the wall; what was confirmed stays confirmed for its claimer', () => {
  const world = claimed();
  world.do(claimStep(claimer, 'first', 'fulfil', { outcome: 'solved', result: '好了' }));
  const unconfirmed = world.copy();
  unconfirmed.do(step(residentOf(SLIP), 'reopen', { reason: '又破了' }));
  expect(viewIn(unconfirmed)).toMatchObject({ state: 'takenBack', contact: null });
  world.do(step(residentOf(SLIP), 'confirm', { satisfaction: null }));
  world.do(step(residentOf(SLIP), 'reopen', { reason: '又破了' }));
  expect(viewIn(world).state).toBe('confirmed');
  expect(cardIn(world)).toMatchObject({ state: 'takenDown', claim: null });
  expect(noticesOf(world, claimer).map(({ type }) => type)).toEqual(['wishConfirmed']);
  world.do(step(coordinator, 'publish', publishArgs));
  expect(cardIn(world)).toMatchObject({ state: 'open', claim: null });
});
