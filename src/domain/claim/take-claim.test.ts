import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import { CLAIM_LIMIT, CLAIM_TERM_MS, UNIT_CLAIM_LIMIT } from '../card/claim-term.ts';
import {
  CARD,
  claimStep,
  CONTACT,
  door,
  publishArgs,
  SLIP,
  step,
  take,
  ticketIn,
} from '../mutation/small-office-for-tests.ts';
import {
  admin,
  claimer,
  coordinator,
  G1,
  nobody,
  residentOf,
  secondClaimer,
  timer,
  unitClaimer,
  volunteer,
} from '../mutation/world-for-tests.ts';
import { contactSpace, memberSpace } from '../space/space.ts';
import { cardIn, claimed, noticesOf, published, VIEW, viewIn, wall } from './claims-for-tests.ts';

test('only claimers claim', () => {
  const world = published();
  for (const actor of [volunteer, coordinator, admin, nobody, timer, residentOf(SLIP)]) {
    expect(world.tell(take(actor, 'try'))?.code).toBe('forbidden');
  }
  expect(world.tell({ ...take(claimer, 'try'), args: { cardId: SLIP } })?.code).toBe('notFound');
});

test('a claim grants the address and the contact, and only to the one who won', () => {
  const world = claimed();
  expect(viewIn(world)).toMatchObject({
    state: 'active',
    address: door.label,
    contact: { name: '潘阿姨', phone: '19900001234', note: '耳朵不好，敲门重一点' },
    text: publishArgs.cardText,
  });
  expect(viewIn(world).contact).not.toHaveProperty('pin');
  expect(cardIn(world).claim).toMatchObject({ mid: 'first', memberId: claimer.id, name: '李伟' });
  expect(cardIn(world).claim?.expiresAt).toBe(viewIn(world).claimedAt + CLAIM_TERM_MS);
  expect(world.list(memberSpace(secondClaimer.id), 'claimView')).toEqual([]);
});

test('where the resident left nothing there is no contact', () => {
  const world = published();
  world.records.delete(`${contactSpace(G1)}\ncontact\n${CONTACT}`);
  world.do(take(claimer, 'first'));
  expect(viewIn(world).contact).toBeNull();
});

test('a unit claims in its own name', () => {
  const world = published();
  world.do(take(unitClaimer, 'first'));
  expect(cardIn(world).claim?.name).toBe('望江供电所');
  expect(ticketIn(world)).toMatchObject({ handlerId: unitClaimer.id, handlerName: '望江供电所' });
});

test('a second claim of the same person changes nothing', () => {
  const world = claimed();
  const before = new Map(world.records);
  world.do(take(claimer, 'again'));
  expect(world.records).toEqual(before);
});

test('the loser is told once by whom and when, from however many phones', () => {
  const world = claimed();
  const { at, name } = cardIn(world).claim ?? { at: 0, name: '' };
  for (const mid of ['second', 'third']) {
    expect(world.tell(take(secondClaimer, mid))).toMatchObject({ code: 'claimTaken', data: { winnerName: name, at } });
  }
  expect(noticesOf(world, secondClaimer)).toMatchObject([
    {
      type: 'claimLost',
      params: { winnerName: '李伟', at, cardText: publishArgs.cardText },
      about: { space: wall, kind: 'card', id: CARD },
    },
  ]);
  expect(noticesOf(world, claimer)).toEqual([]);
});

test('losing to another claim later is told anew', () => {
  const world = claimed();
  world.tell(take(secondClaimer, 'second'));
  world.do(claimStep(claimer, 'first', 'release', { reason: '没空' }));
  world.do(take(unitClaimer, 'third'));
  world.tell(take(secondClaimer, 'fourth'));
  expect(noticesOf(world, secondClaimer).map(({ params }) => params.winnerName)).toEqual(['李伟', '望江供电所']);
});

test('what is fulfilled or taken down cannot be claimed', () => {
  const down = published();
  down.do(step(coordinator, 'unpublish', { reason: '重复了' }));
  expect(down.tell(take(claimer, 'late'))).toMatchObject({ code: 'state', data: { state: 'takenDown' } });
  const done = claimed();
  done.do(claimStep(claimer, 'first', 'fulfil', { outcome: 'solved', result: '好了' }));
  expect(done.tell(take(secondClaimer, 'late'))?.code).toBe('claimTaken');
});

test('who has as many open claims as one may have takes no more; a unit may have more', () => {
  const world = published();
  const fill = (actor: Actor, count: number) => {
    const openClaims = Array.from({ length: count }, (_, n) => String(n));
    world.set(memberSpace(actor.id), 'member', actor.id, { name: actor.name, roles: actor.roles, openClaims });
  };
  fill(claimer, CLAIM_LIMIT);
  expect(world.tell(take(claimer, 'first'))).toMatchObject({ code: 'claimLimit', data: { limit: CLAIM_LIMIT } });
  fill(unitClaimer, CLAIM_LIMIT);
  expect(world.copy().tell(take(unitClaimer, 'first'))).toBeUndefined();
  fill(unitClaimer, UNIT_CLAIM_LIMIT);
  expect(world.tell(take(unitClaimer, 'first'))?.code).toBe('claimLimit');
  fill(claimer, CLAIM_LIMIT - 1);
  expect(world.tell(take(claimer, 'first'))).toBeUndefined();
  expect(world.must(memberSpace(claimer.id), 'member', claimer.id).openClaims).toContain(VIEW);
});

test('a claim that lay on a phone for days has its whole term from the moment it is decided', () => {
  const world = published();
  const written = 1_000_000;
  const decided = written + 2 * CLAIM_TERM_MS;
  world.do({ ...take(claimer, 'first'), at: written, now: decided });
  expect(cardIn(world).claim).toMatchObject({ at: decided, expiresAt: decided + CLAIM_TERM_MS });
});
