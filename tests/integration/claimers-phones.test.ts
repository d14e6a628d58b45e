import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardIdOf } from '../../src/domain/card/card-id.ts';
import { memberSpace } from '../../src/domain/space/space.ts';
import type { DeviceEntry } from '../../src/protocol/desk-messages.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import { readRecords } from '../../src/server/sync/read-record.ts';
import { openAppPhone, type AppPhone } from '../support/app-phone.ts';
import { EAST, officeWorld, WEST, type AccountWorld, type Browser } from '../support/account-world.ts';
import { claimDraft, idOf, placeInGrid, ticketDraft, ticketStep } from '../support/factories.ts';

const WISH = idOf('claimers', 'wish');

let world: AccountWorld;
let desk: Browser;
let west: Browser;
let phone: AppPhone;

/** A wish on the wall of the east, and the phone of a partner who follows no grid. */
beforeEach(async () => {
  world = await officeWorld();
  desk = await world.signedIn('姚敏', { coordinator: [EAST.id] });
  west = await world.signedIn('毛宁', { coordinator: [WEST.id] });
  const [volunteer, deskId] = [await world.member('范晓', { volunteer: [EAST.grid] }), await desk.memberId()];
  const words = { id: WISH, kind: 'wish', item: 'LH03', text: '想装一排小隔离栏', slipId: null } as const;
  await world.apply(volunteer, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
  await world.apply(deskId, ticketStep(EAST.grid, 'accept', { id: WISH, tier: null }));
  const card = { id: WISH, cardText: '想装隔离栏。', public: false };
  await world.apply(deskId, ticketStep(EAST.grid, 'publish', card));
  phone = await openAppPhone(world, await world.signedIn('彭博', { claimer: true }));
  await phone.sync();
});
afterEach(() => world.deps.close());

const entry = async (asker: Browser) =>
  ((await (await asker.ask('GET', '/api/devices')).json()) as DeviceEntry[]).find((one) => one.memberName === '彭博');
const lose = (asker: Browser) => asker.ask('POST', `/api/devices/${phone.outbox.clientId}/lost`);

async function claim(): Promise<string> {
  await phone.engine.save([claimDraft(EAST.id, cardIdOf(WISH))]);
  await phone.sync();
  const [view] = await readRecords(world.deps.db, memberSpace(phone.memberId), 'claimView');
  expect(view?.data.state).toBe('active');
  return view?.id ?? '';
}

async function release(id: string, at = world.deps.now()): Promise<void> {
  const args = { id, reason: '这周没有空' };
  const actor = await actorOf(world.deps.db, phone.memberId);
  const act = { space: memberSpace(phone.memberId), name: 'claim.release', v: 1, args, actor };
  const result = await applyMutation(world.deps, { ...act, mid: idOf('claimers', 'release'), at });
  expect(result.status).toBe('applied');
}

test('the phone of a claimer is seen where a wish of the community was claimed, and nowhere else', async () => {
  expect(await entry(desk)).toBeUndefined();
  expect((await lose(desk)).status).toBe(404);
  await claim();
  expect(await entry(desk)).toMatchObject({ memberName: '彭博', state: 'active' });
  expect(await entry(west)).toBeUndefined();
  expect((await lose(west)).status).toBe(404);
});

const DAY = 24 * 3_600_000;

test('it is seen until the phone has surely heard of the claim’s end: until then the address lies on it', async () => {
  const id = await claim();
  world.deps.advance(3_600_000);
  await release(id);
  expect(await entry(desk)).toBeDefined();
  world.deps.advance(3_600_000);
  // This contact is noted, though its answer may be lost.
  await phone.sync();
  world.deps.advance(90 * DAY);
  expect(await entry(desk)).toBeDefined();
  await phone.sync();
  expect(await entry(desk)).toBeUndefined();
});

test('a claim that was ended on another phone long ago, and came only now, has not gone from this one yet', async () => {
  const id = await claim();
  const decidedAt = world.deps.now();
  world.deps.advance(40 * DAY);
  await phone.sync();
  world.deps.advance(DAY);
  await release(id, decidedAt);
  const [view] = await readRecords(world.deps.db, memberSpace(phone.memberId), 'claimView');
  expect(view?.data).toMatchObject({ state: 'released', updatedAt: decidedAt });
  expect(await entry(desk)).toBeDefined();
});

test('whoever reported it lost sees it come, though the claim is over', async () => {
  const id = await claim();
  expect((await lose(desk)).status).toBe(204);
  await release(id);
  world.deps.advance(3_600_000);
  await phone.sync();
  expect(await entry(desk)).toMatchObject({ state: 'ended' });
  expect(await entry(west)).toBeUndefined();
});
