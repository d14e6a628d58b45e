import { expect, test } from 'vitest';
import type { Actor } from '../actor/actor.ts';
import { CLAIM_LIMIT, CLAIM_TERM_MS, NEVER, UNIT_CLAIM_LIMIT } from '../card/claim-term.ts';
import {
  CARD,
  claimStep,
  CONTACT,
  door,
  logAtDoor,
  publishAtDesk,
  publishArgs,
  SLIP,
  smallOffice,
  spoken,
  step,
  take,
  TICKET,
  ticketIn,
} from '../mutation/small-office-for-tests.ts';
import {
  admin,
  C1,
  claimer,
  coordinator,
  G1,
  nobody,
  residentOf,
  secondClaimer,
  timer,
  unitClaimer,
  volunteer,
  type Act,
  type World,
} from '../mutation/world-for-tests.ts';
import { contactSpace, memberSpace, wallSpace } from '../space/space.ts';
import { claimViewIdOf } from './claim-view-id.ts';
import type { ClaimView } from './claim-view.ts';

const wall = wallSpace(C1);
const VIEW = claimViewIdOf(TICKET, 'first');

function published(over: Record<string, unknown> = {}): World {
  const world = smallOffice();
  logAtDoor(world, over);
  publishAtDesk(world);
  return world;
}

function claimed(): World {
  const world = published();
  world.do(take(claimer, 'first'));
  return world;
}

const cardIn = (world: World) => world.must(wall, 'card', CARD);
const viewIn = (world: World): ClaimView => world.must(memberSpace(claimer.id), 'claimView', VIEW);
const noticesOf = (world: World, actor: Actor) => world.list(memberSpace(actor.id), 'notice');
const expire = (at: number, claimMid = 'first'): Act => ({
  actor: timer,
  space: wall,
  name: 'claim.expire',
  args: { cardId: CARD, claimMid },
  at,
});

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

test('a card shows the estate, or the community where the matter is sensitive, and never a person', () => {
  expect(cardIn(published())).toMatchObject({ where: '凤凰苑', public: true, sensitive: false });
  const world = smallOffice();
  logAtDoor(world, { item: 'ZL02', consent: { ...spoken, sensitive: true } });
  publishAtDesk(world, { ...publishArgs, public: false });
  expect(cardIn(world)).toMatchObject({ where: '清泰门社区', public: false, sensitive: true });
  expect(JSON.stringify(cardIn(world))).not.toMatch(/302|潘|1990|凤凰苑/);
  const bare = smallOffice();
  const nowhere = { estateId: null, buildingId: null, entranceId: null, floorId: null, roomId: null, estateName: '' };
  logAtDoor(bare, { place: { ...door, ...nowhere } });
  publishAtDesk(bare);
  expect(cardIn(bare).where).toBe('清泰门社区');
});

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

test('a claim that lay on a phone for days has its whole term from the moment it is decided', () => {
  const world = published();
  const written = 1_000_000;
  const decided = written + 2 * CLAIM_TERM_MS;
  world.do({ ...take(claimer, 'first'), at: written, now: decided });
  expect(cardIn(world).claim).toMatchObject({ at: decided, expiresAt: decided + CLAIM_TERM_MS });
});
