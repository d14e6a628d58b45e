import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../src/domain/actor/actor.ts';
import { CLAIM_TERM_MS } from '../../src/domain/card/claim-term.ts';
import { claimViewIdOf } from '../../src/domain/claim/claim-view-id.ts';
import {
  CARD,
  CONTACT,
  ENTRANCE,
  ESTATE,
  FLOOR,
  logArgs,
  publishArgs,
  ROOM,
  TICKET,
  BUILDING,
} from '../../src/domain/mutation/small-office-for-tests.ts';
import { admin, C1, claimer, coordinator, G1, volunteer } from '../../src/domain/mutation/world-for-tests.ts';
import { seedOffice } from '../../src/server/setup/seed-office.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import { readRecord, readRecords } from '../../src/server/sync/read-record.ts';
import { expireClaims } from '../../src/server/timers/expire-claims.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';

const DAY = 86_400_000;
const GRID = `grid:${G1}`;
const WALL = `wall:${C1}`;
const MINE = `member:${claimer.id}`;

let deps: TestDependencies;
let count = 0;

async function act(actor: Actor, space: string, name: string, args: unknown): Promise<string> {
  const mid = `act-${++count}`;
  deps.advance(60_000);
  const result = await applyMutation(deps, { space, name, v: 1, args, actor, mid, at: deps.now() });
  expect(result, name).toMatchObject({ status: 'applied' });
  return mid;
}

/** A wish at a door, published on the wall and claimed; the mid of the claim. */
beforeEach(async () => {
  deps = await createTestDependencies();
  await seedOffice(deps, { name: '望江街道', phone: '' });
  const community = { id: C1, name: '清泰门社区', phone: '', defaultGrid: { id: G1, name: '第一网格' } };
  await act(admin, 'office', 'community.create', community);
  await act(admin, `community:${C1}`, 'estate.create', { id: ESTATE, name: '凤凰苑', gridId: G1 });
  const floors = [{ id: FLOOR, label: '3', rooms: [{ id: ROOM, label: '302' }] }];
  const entrances = [{ id: ENTRANCE, label: '2单元', floors }];
  const building = { id: BUILDING, name: '3幢', estateId: ESTATE, gridId: G1, entrances };
  await act(admin, `community:${C1}`, 'building.create', building);
  const contact = { id: CONTACT, name: '潘阿姨', phone: '19900001234', pin: '', note: '' };
  await act(volunteer, `contact:${G1}`, 'contact.put', contact);
  const { classes } = (await readRecord(deps.db, 'office', 'catalogue', 'v1'))?.data ?? { classes: [] };
  const item = classes.flatMap(({ items }) => items).find(({ kind, sensitive }) => kind === 'wish' && !sensitive);
  await act(volunteer, GRID, 'ticket.log', logArgs({ item: item?.code, visitId: null, slipId: null }));
  await act(coordinator, GRID, 'ticket.accept', { id: TICKET, tier: null });
  await act(coordinator, GRID, 'ticket.publish', { id: TICKET, ...publishArgs });
});
afterEach(() => deps.close());

const cardState = async () => (await readRecord(deps.db, WALL, 'card', CARD))?.data.state;

test('a claim without a step falls back to the wall on its day, once, and its claimer is told', async () => {
  const mid = await act(claimer, WALL, 'claim.take', { cardId: CARD });
  deps.advance(CLAIM_TERM_MS - DAY);
  const early = await expireClaims(deps);
  const stateThen = await cardState();
  deps.advance(2 * DAY);
  const due = await expireClaims(deps);

  expect([early, stateThen]).toEqual([0, 'claimed']);
  expect([due, await cardState()]).toEqual([1, 'open']);
  const view = await readRecord(deps.db, MINE, 'claimView', claimViewIdOf(TICKET, mid));
  expect(view?.data).toMatchObject({ state: 'expired', contact: null });
  expect((await readRecords(deps.db, MINE, 'notice')).map(({ data }) => data.type)).toEqual(['claimExpired']);
  expect(await expireClaims(deps)).toBe(0);
});

test('a claim with a step stays', async () => {
  const mid = await act(claimer, WALL, 'claim.take', { cardId: CARD });
  await act(claimer, MINE, 'claim.progress', { id: claimViewIdOf(TICKET, mid), text: '周六去修' });
  deps.advance(60 * DAY);

  expect(await expireClaims(deps)).toBe(0);
  expect(await cardState()).toBe('claimed');
});

test('a claim grants the contact in the claimer’s own space, and nowhere else', async () => {
  const mid = await act(claimer, WALL, 'claim.take', { cardId: CARD });
  const view = await readRecord(deps.db, MINE, 'claimView', claimViewIdOf(TICKET, mid));
  const others = await deps.db
    .selectFrom('record')
    .select(['space', 'data'])
    .where('space', 'not in', [MINE, `contact:${G1}`])
    .execute();

  expect(view?.data.contact).toMatchObject({ name: '潘阿姨', phone: '19900001234' });
  expect(others.filter(({ data }) => data.includes('19900001234'))).toEqual([]);
});
