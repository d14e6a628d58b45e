import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimViewIdOf } from '../claim/claim-view-id.ts';
import { isOpenClaim } from '../claim/claim-policy.ts';
import { gridSpace, memberSpace, wallSpace } from '../space/space.ts';
import { isHeldByClaim } from '../ticket/ticket-transitions.ts';
import {
  CARD,
  claimStep,
  logAtDoor,
  publishArgs,
  SLIP,
  smallOffice,
  step,
  take,
  TICKET,
  ticketIn,
} from './small-office-for-tests.ts';
import {
  C1,
  claimer,
  coordinator,
  G1,
  residentOf,
  secondClaimer,
  secondCoordinator,
  timer,
  unitClaimer,
  volunteer,
  type Act,
  type World,
} from './world-for-tests.ts';

const DAY = 24 * 60 * 60 * 1000;
const claimers = [claimer, secondClaimer, unitClaimer];

/** Anything that anybody might try next; `mid` of the claim that stands, where there is one. */
type Try = (world: World, n: number) => Act;

const standingMid = (world: World): string => world.get(wallSpace(C1), 'card', CARD)?.claim?.mid ?? 'none';
const desk = (action: string, args: Record<string, unknown> = {}): Try => {
  return (_world, n) => step(n % 2 ? coordinator : secondCoordinator, action, args);
};
const said = (action: string, args: Record<string, unknown> = {}): Try => {
  return () => step(residentOf(SLIP), action, args);
};
const claim = (name: string, args: Record<string, unknown>): Try => {
  return (world, n) => claimStep(claimers[n % 3] ?? claimer, standingMid(world), name, args);
};

const TRIES: readonly Try[] = [
  desk('accept', { tier: null }),
  desk('return', { reason: '缺楼层' }),
  () => step(volunteer, 'resubmit'),
  desk('publish', publishArgs),
  desk('publish', { ...publishArgs, public: false }),
  desk('unpublish', { reason: '先不办' }),
  desk('dispatch', { leadUnit: '物业', jointUnits: [], note: '' }),
  desk('start', { note: '' }),
  desk('progress', { text: '进展', open: true }),
  desk('resolve', { outcome: 'solved', result: '好了' }),
  desk('followUp', { satisfaction: 'satisfied', note: '' }),
  desk('followUp', { satisfaction: 'dissatisfied', note: '' }),
  desk('suspend', { reason: '等改造', reviewOn: '2026-10-20' }),
  desk('resume'),
  desk('withdraw', { reason: '不用了' }),
  desk('decline', { reason: '不归社区' }),
  desk('reopen', { reason: '又坏了' }),
  (_world, n) => step(volunteer, 'amend', { urgent: { from: n % 2 === 0, to: n % 2 === 1 } }),
  said('confirm', { satisfaction: null }),
  said('confirm', { satisfaction: 'dissatisfied' }),
  said('rate', { satisfaction: 'satisfied', text: '' }),
  said('add', { text: '下午在家' }),
  said('reopen', { reason: '没修好' }),
  (_world, n) => take(claimers[n % 3] ?? claimer, `claim-${n}`),
  (_world, n) => take(claimers[n % 3] ?? claimer, `claim-${n}`),
  claim('progress', { text: '约好了' }),
  claim('fulfil', { outcome: 'solved', result: '补好了' }),
  claim('fulfil', { outcome: 'notSolvable', result: '补不了' }),
  claim('release', { reason: '没空' }),
  (world, n) => ({
    actor: timer,
    space: wallSpace(C1),
    name: 'claim.expire',
    args: { cardId: CARD, claimMid: standingMid(world) },
    at: 1_790_000_000_000 + (n % 2) * 60 * DAY,
  }),
];

const attempts = fc.array(fc.record({ which: fc.nat({ max: TRIES.length - 1 }), n: fc.nat({ max: 999 }) }), {
  minLength: 20,
  maxLength: 60,
});

/** Likelier to reach far: accepted and published already. */
function begin(sensitive: boolean): World {
  const world = smallOffice();
  const consent = { version: '2026-11', how: 'spoken', record: true, publish: true, sensitive: true, signature: null };
  logAtDoor(world, sensitive ? { item: 'ZL02', consent } : {});
  world.do(step(coordinator, 'accept', { tier: null }));
  world.do(step(coordinator, 'publish', { ...publishArgs, public: !sensitive }));
  return world;
}

function checkInvariants(world: World): void {
  const ticket = ticketIn(world);
  const card = world.must(wallSpace(C1), 'card', CARD);

  // The card says what the ticket says.
  const held = isHeldByClaim(ticket);
  if (ticket.state === 'published') expect(card).toMatchObject({ state: 'open', claim: null });
  else if (held) expect(card.state).toBe('claimed');
  else expect(['fulfilled', 'takenDown']).toContain(card.state);
  // A card that came down keeps its claim only where the claimer tried in vain.
  if (card.state === 'takenDown' && ticket.outcome !== 'notSolvable') expect(card.claim).toBeNull();
  if (held) expect(ticket.handlerId).toBe(card.claim?.memberId);
  if (card.state === 'open' || held) expect(card.urgent).toBe(ticket.urgent);
  expect(card.sensitive && card.public).toBe(false);
  if (card.sensitive) expect(card.where).toBe('清泰门社区');

  // Only whoever holds the claim has address and contact, until the matter is closed.
  for (const { id } of claimers) {
    const space = memberSpace(id);
    const views = world.list(space, 'claimView');
    const granted = views.filter((view) => view.contact !== null || view.address !== '');
    expect(granted.length).toBeLessThanOrEqual(card.claim?.memberId === id && ticket.state !== 'closed' ? 1 : 0);
    const open = views.filter((view) => isOpenClaim(view.state));
    expect(world.must(space, 'member', id).openClaims ?? []).toHaveLength(open.length);
    if (card.claim?.memberId === id) {
      const view = world.must(space, 'claimView', claimViewIdOf(TICKET, card.claim.mid));
      expect(isOpenClaim(view.state)).toBe(held);
    } else expect(open).toEqual([]);
  }
}

test('whatever people try in whatever order, ticket, card and claims agree', () => {
  fc.assert(
    fc.property(fc.boolean(), attempts, (sensitive, list) => {
      const world = begin(sensitive);
      const { loggedAt } = ticketIn(world);
      for (const [index, { which, n }] of list.entries()) {
        const before = ticketIn(world);
        world.tell({ ...TRIES[which]!(world, n), mid: `claim-${index}` });
        const after = ticketIn(world);
        expect(after.loggedAt).toBe(loggedAt);
        expect(after.timeline.slice(0, before.timeline.length)).toEqual(before.timeline);
        checkInvariants(world);
      }
    }),
    { numRuns: 100 },
  );
}, 30_000);

test('phone and server come to the same from the same, and a refused mutation changes nothing there', () => {
  fc.assert(
    fc.property(attempts, (list) => {
      const server = begin(false);
      for (const [index, { which, n }] of list.entries()) {
        const act = { ...TRIES[which]!(server, n), mid: `claim-${index}`, at: 1_790_100_000_000 + index };
        const phone = server.withoutReactions();
        const onPhone = phone.tell(act);
        const again = server.copy();
        expect(again.tell(act)?.code).toBe(onPhone?.code);
        if (onPhone !== undefined) expect(phone.records).toEqual(server.records);
        server.tell(act);
        // What the reactions made is the same each time that they run.
        expect(again.records).toEqual(server.records);
        for (const kind of ['ticket', 'card', 'claimView'] as const) {
          if (onPhone === undefined) expect(phone.list(act.space, kind)).toEqual(server.list(act.space, kind));
        }
      }
    }),
    { numRuns: 30 },
  );
}, 30_000);

test('the life of a ticket reaches every state in these trials', () => {
  const seen = new Set<string>();
  for (const list of fc.sample(attempts, { numRuns: 120, seed: 7 })) {
    const world = begin(false);
    for (const [index, { which, n }] of list.entries()) {
      world.tell({ ...TRIES[which]!(world, n), mid: `claim-${index}` });
      seen.add(world.must(gridSpace(G1), 'ticket', TICKET).state);
    }
  }
  expect([...seen].toSorted()).toEqual(
    [
      'accepted',
      'claimed',
      'closed',
      'declined',
      'dispatched',
      'inProgress',
      'logged',
      'published',
      'reopened',
      'resolved',
      'returned',
      'suspended',
      'withdrawn',
    ].toSorted(),
  );
}, 30_000);
