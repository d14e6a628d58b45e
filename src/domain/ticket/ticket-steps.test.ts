import { expect, test } from 'vitest';
import { logAtDoor, SLIP, smallOffice, spoken, step, TICKET, ticketIn } from '../mutation/small-office-for-tests.ts';
import {
  coordinator,
  G1,
  residentOf,
  secondCoordinator,
  secondVolunteer,
  uuid,
  volunteer,
  type World,
} from '../mutation/world-for-tests.ts';
import { gridSpace, memberSpace } from '../space/space.ts';

const resident = residentOf(SLIP);
const DISPATCH = { leadUnit: '物业', jointUnits: ['城管'], note: '先打电话' };
const RESULT = { outcome: 'partlySolved', result: '先修好一处' };

function accepted(over: Record<string, unknown> = {}): World {
  const world = smallOffice();
  logAtDoor(world, over);
  world.do(step(coordinator, 'accept', { tier: null }));
  return world;
}

function resolved(): World {
  const world = accepted();
  world.do(step(coordinator, 'dispatch', DISPATCH));
  world.do(step(coordinator, 'start', { note: '' }));
  world.do(step(coordinator, 'resolve', RESULT));
  return world;
}

test('accepting keeps the tier of the item or takes another', () => {
  expect(ticketIn(accepted()).tier).toBe('P2');
  const world = smallOffice();
  logAtDoor(world);
  world.do(step(coordinator, 'accept', { tier: 'P0' }));
  expect(ticketIn(world)).toMatchObject({ state: 'accepted', tier: 'P0' });
});

test('a return tells the volunteer why and never sets the clock back', () => {
  const world = smallOffice();
  logAtDoor(world);
  const { loggedAt } = ticketIn(world);
  world.do(step(coordinator, 'return', { reason: '请写清楚在几楼' }));
  expect(ticketIn(world)).toMatchObject({ state: 'returned', loggedAt });
  expect(world.list(memberSpace(volunteer.id), 'notice')).toMatchObject([
    {
      type: 'ticketReturned',
      readAt: null,
      params: { reason: '请写清楚在几楼' },
      about: { space: gridSpace(G1), kind: 'ticket', id: TICKET },
    },
  ]);
  world.do(step(secondVolunteer, 'resubmit'));
  expect(ticketIn(world)).toMatchObject({ state: 'logged', loggedAt });
});

test('a declined matter says why to the resident, who can ask again', () => {
  const world = accepted();
  world.do(step(coordinator, 'decline', { reason: '请找房管站' }));
  expect(ticketIn(world).timeline.at(-1)).toMatchObject({ action: 'declined', text: '请找房管站', open: true });
  world.do(step(resident, 'reopen', { reason: '房管站说归社区' }));
  expect(ticketIn(world).state).toBe('reopened');
});

test('a ticket merges into another of its grid that goes on, and not into itself', () => {
  const world = accepted();
  const other = uuid(55);
  const merge = (into: string) => world.tell(step(coordinator, 'merge', { into }))?.code;
  expect(merge(TICKET)).toBe('invalid');
  expect(merge(other)).toBe('notFound');
  const ended = { ...ticketIn(world), slipId: null };
  world.set(gridSpace(G1), 'ticket', other, { ...ended, state: 'merged' });
  expect(merge(other)).toBe('state');
  world.set(gridSpace(G1), 'ticket', other, ended);
  expect(merge(other)).toBeUndefined();
  expect(ticketIn(world)).toMatchObject({ state: 'merged', mergedInto: other });
});

test('publishing needs the consent to it, and a sensitive matter never goes to the open wall', () => {
  const publish = (consent: Record<string, unknown>, item: string, isPublic: boolean) => {
    const world = accepted({ consent: { ...spoken, ...consent }, item });
    return world.tell(step(coordinator, 'publish', { cardText: '想请人帮忙。', public: isPublic }))?.code;
  };
  expect(publish({ publish: false }, 'LD02', true)).toBe('consentMissing');
  expect(publish({ sensitive: true }, 'ZL02', true)).toBe('sensitivePublic');
  expect(publish({ sensitive: true }, 'ZL02', false)).toBeUndefined();
  expect(publish({}, 'LD02', true)).toBeUndefined();
});

test('a dispatched matter is in the hands of a unit, and goes to another where that was wrong', () => {
  const world = accepted();
  world.do(step(coordinator, 'dispatch', DISPATCH));
  expect(ticketIn(world)).toMatchObject({
    state: 'dispatched',
    handlerId: null,
    handlerName: '物业',
    jointUnits: ['城管'],
  });
  world.do(step(coordinator, 'dispatch', { ...DISPATCH, leadUnit: '房管站' }));
  world.do(step(volunteer, 'start', { note: '' }));
  expect(ticketIn(world)).toMatchObject({ state: 'inProgress', handlerId: volunteer.id, handlerName: '房管站' });
});

test('a volunteer who takes a matter in hand brings it to its result', () => {
  const world = accepted();
  world.do(step(volunteer, 'start', { note: '' }));
  expect(world.tell(step(secondVolunteer, 'resolve', RESULT))?.code).toBe('forbidden');
  world.do(step(volunteer, 'resolve', RESULT));
  expect(ticketIn(world)).toMatchObject({ state: 'resolved', ...RESULT });
});

test('without a written result nothing is resolved', () => {
  const world = accepted();
  world.do(step(coordinator, 'dispatch', DISPATCH));
  expect(world.tell(step(coordinator, 'resolve', { ...RESULT, result: '  ' }))?.code).toBe('resultMissing');
});

test('progress shows to the resident where it is meant for them', () => {
  const world = accepted();
  world.do(step(coordinator, 'dispatch', DISPATCH));
  world.do(step(coordinator, 'progress', { text: '内部：等配件', open: false }));
  expect(ticketIn(world).timeline.at(-1)).toMatchObject({ action: 'progress', open: false });
  expect(ticketIn(world).state).toBe('dispatched');
});

test('a suspended matter goes on where it was', () => {
  const suspend = { reason: '等明年改造', reviewOn: '2026-10-20' };
  const before = accepted();
  before.do(step(coordinator, 'suspend', suspend));
  expect(ticketIn(before)).toMatchObject({ state: 'suspended', reviewOn: '2026-10-20' });
  before.do(step(coordinator, 'resume'));
  expect(ticketIn(before)).toMatchObject({ state: 'accepted', reviewOn: null });
  before.do(step(coordinator, 'dispatch', DISPATCH));
  before.do(step(coordinator, 'suspend', suspend));
  before.do(step(coordinator, 'resume'));
  expect(ticketIn(before).state).toBe('dispatched');
  before.do(step(coordinator, 'start', { note: '' }));
  before.do(step(coordinator, 'suspend', suspend));
  before.do(step(coordinator, 'resume'));
  expect(ticketIn(before).state).toBe('inProgress');
});

test('the resident closes it with a word, or without a rating', () => {
  const world = resolved();
  world.do(step(resident, 'confirm', { satisfaction: null }));
  expect(ticketIn(world)).toMatchObject({ state: 'closed', satisfaction: null });
  world.do(step(resident, 'rate', { satisfaction: 'fairlySatisfied', text: '还行' }));
  expect(ticketIn(world).satisfaction).toBe('fairlySatisfied');
});

test('不满意 is not the word that closes: it is noted, and the matter can be taken up again', () => {
  const world = resolved();
  world.do(step(resident, 'confirm', { satisfaction: 'dissatisfied' }));
  expect(ticketIn(world)).toMatchObject({ state: 'resolved', satisfaction: 'dissatisfied' });
  expect(ticketIn(world).timeline.at(-1)?.action).toBe('rated');
  world.do(step(secondCoordinator, 'followUp', { satisfaction: 'dissatisfied', note: '' }));
  expect(ticketIn(world).state).toBe('resolved');
  world.do(step(resident, 'reopen', { reason: '还是漏' }));
  expect(ticketIn(world)).toMatchObject({
    state: 'reopened',
    outcome: null,
    result: '',
    satisfaction: null,
    handlerId: null,
    leadUnit: '',
  });
  world.do(step(coordinator, 'accept', { tier: null }));
  expect(ticketIn(world).state).toBe('accepted');
});

test('a follow-up closes only when someone other than the handler asked', () => {
  const world = resolved();
  const followUp = { satisfaction: 'satisfied', note: '电话回访' };
  expect(world.tell(step(coordinator, 'followUp', followUp))?.code).toBe('selfFollowUp');
  world.do(step(secondCoordinator, 'followUp', followUp));
  expect(ticketIn(world)).toMatchObject({ state: 'closed', satisfaction: 'satisfied' });
});

test('a resident speaks as the resident, whatever the slip is called', () => {
  const world = resolved();
  world.do(step(resident, 'add', { text: '下午在家' }));
  expect(ticketIn(world).timeline.at(-1)).toMatchObject({ byRole: 'resident', byName: '居民', text: '下午在家' });
  expect(ticketIn(world).state).toBe('resolved');
});

test('what a ticket went through stays in its timeline, with an id for each entry', () => {
  const world = resolved();
  const ids = ticketIn(world).timeline.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a suspended matter is looked at again within a month, and may then wait for another', () => {
  const suspend = (reviewOn: string) => step(coordinator, 'suspend', { reason: '等明年改造', reviewOn });
  const world = accepted();
  // It is 21 September.
  expect(world.tell(suspend('2026-09-20'))?.code).toBe('invalid');
  expect(world.tell(suspend('2026-10-23'))?.code).toBe('invalid');
  world.do(suspend('2026-10-22'));
  world.do({ ...suspend('2026-11-20'), at: Date.UTC(2026, 9, 22) });
  expect(ticketIn(world)).toMatchObject({ state: 'suspended', reviewOn: '2026-11-20' });
});
