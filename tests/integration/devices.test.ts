import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { DAY_MS } from '../../src/domain/time/day-ms.ts';
import type { DeviceEntry, HeldEntry } from '../../src/protocol/desk-messages.ts';
import { openAppPhone, type AppPhone } from '../support/app-phone.ts';
import { codeOfError, EAST, officeWorld, WEST, type Browser } from '../support/account-world.ts';
import { idOf } from '../support/factories.ts';
import { volunteerOffline, type VolunteerOffline } from '../support/volunteer-offline.ts';

let world: Awaited<ReturnType<typeof officeWorld>>;
let desk: Browser;
let count = 0;
beforeAll(async () => {
  world = await officeWorld();
  desk = await world.signedIn('姚敏', { coordinator: [EAST.id] });
}, 60_000);
afterAll(() => world.deps.close());

let name: string;
let browser: Browser;
let phone: AppPhone;
let setGrids: VolunteerOffline['setGrids'];
/** A volunteer of the east has written down two matters without a network. */
beforeEach(async () => {
  name = `志愿者${++count}`;
  const volunteer = await volunteerOffline(world, name);
  ({ browser, phone, setGrids } = volunteer);
  await volunteer.write(idOf('device', name, 'one'));
  await volunteer.write(idOf('device', name, 'two'));
});

const list = async (asker = desk) => (await (await asker.ask('GET', '/api/devices')).json()) as DeviceEntry[];
const entry = async (asker = desk) => (await list(asker)).find(({ memberName }) => memberName === name);
const idOfPhone = () => phone.outbox.clientId ?? '';
const lose = (asker = desk) => asker.ask('POST', `/api/devices/${idOfPhone()}/lost`);
const find = (asker = desk) => asker.ask('DELETE', `/api/devices/${idOfPhone()}/lost`);
const heldOf = async () =>
  ((await (await desk.ask('GET', '/api/held')).json()) as HeldEntry[]).filter(({ memberName }) => memberName === name);

test('a coordinator sees the phones of the own community, and no more of their people than the name', async () => {
  expect(await entry()).toEqual({
    id: idOfPhone(),
    memberName: name,
    device: 'Chrome, Android',
    build: 'test',
    unsent: 0,
    unsentMedia: 0,
    unsentSounds: 0,
    left: [],
    lastSeenAt: world.deps.now(),
    drainedAt: world.deps.now(),
    state: 'active',
    handedIn: 0,
    mayUndo: false,
    current: false,
  });
  expect(await entry(world.admin)).toBeDefined();
  const west = await world.signedIn(`西边${count}`, { coordinator: [WEST.id] });
  expect(await entry(west)).toBeUndefined();
  expect((await lose(west)).status).toBe(404);
  expect((await find(west)).status).toBe(404);
  expect((await browser.ask('GET', '/api/devices')).status).toBe(403);
});

test('[RV2] a lost phone hands in what it holds, forgets the rest, and the coordinator reads how many came', async () => {
  expect((await lose()).status).toBe(204);
  expect(await entry()).toMatchObject({ state: 'ending', mayUndo: true, handedIn: 0 });
  expect(phone.engine.waiting()).toHaveLength(2);

  phone.online = true;
  await phone.sync();

  expect(await entry()).toMatchObject({ state: 'ended', mayUndo: false, handedIn: 2, unsent: 0 });
  expect(await heldOf()).toHaveLength(2);
  expect(phone.engine.status().phase).toBe('revoked');
  expect([...phone.cache.rows.values()].flatMap((rows) => [...rows.values()])).toEqual([]);
  expect(phone.outbox.rows).toEqual([]);
});

test('[RV2] a phone that is found before it came is as it was', async () => {
  await lose();
  expect((await find()).status).toBe(204);
  expect(await entry()).toMatchObject({ state: 'active', mayUndo: false });

  phone.online = true;
  await phone.sync();

  expect(await heldOf()).toEqual([]);
  expect(phone.engine.waiting().map(({ state }) => state)).toEqual(['delivered', 'delivered']);
});

test('[RV2] once the phone has heard of its end, that cannot be taken back', async () => {
  await lose();
  phone.online = true;
  await phone.sync();
  const answer = await find();
  expect([answer.status, await codeOfError(answer)]).toEqual([409, 'conflict']);
});

test('what a member ended, and a new start of the account, no coordinator takes back', async () => {
  const other = world.browser();
  await other.signIn(name);
  const sessions = (await (await other.ask('GET', '/api/sessions')).json()) as { id: string; current: boolean }[];
  for (const { id, current } of sessions) if (!current) await other.ask('DELETE', `/api/sessions/${id}`);
  expect(await entry()).toMatchObject({ state: 'ending', mayUndo: false });
  expect((await find()).status).toBe(409);
  expect((await lose()).status).toBe(409);
});

test('closing the account makes a lost phone one that cannot be found', async () => {
  await lose();
  await desk.ask('PATCH', `/api/members/${phone.memberId}`, { active: false });
  expect((await find()).status).toBe(409);
});

test('[RV2] a phone on which something of the community lies is seen, and lost, though the grid was taken away', async () => {
  await setGrids([WEST.grid]);
  expect(await entry()).toMatchObject({ id: idOfPhone(), state: 'active' });
  expect((await lose()).status).toBe(204);
  phone.online = true;
  await phone.sync();
  await phone.sync();
  expect(await entry()).toMatchObject({ state: 'ended', handedIn: 2 });
});

test('it is seen until nothing of the community is on it any more', async () => {
  await setGrids([WEST.grid]);
  phone.online = true;
  await phone.sync();
  expect(await heldOf()).toHaveLength(2);
  await phone.sync();
  expect(await entry()).toBeDefined();
  for (const { row } of phone.engine.waiting()) await phone.engine.putAside(row.mid);
  world.deps.advance(31 * DAY_MS);
  await phone.sync();
  await phone.sync();
  expect(phone.outbox.rows).toEqual([]);
  expect(await entry()).toBeUndefined();
  expect((await lose()).status).toBe(404);
});

test('a phone that has signed out has no session to end', async () => {
  await browser.ask('DELETE', '/api/session');
  expect(await entry()).toMatchObject({ state: 'signedOut', device: null });
  expect((await lose()).status).toBe(409);
});

test('nobody loses the phone in the own hand', async () => {
  const own = await openAppPhone(world, desk);
  await own.sync();
  const mine = (await list()).find(({ current }) => current);
  expect(mine?.id).toBe(own.outbox.clientId);
  expect((await desk.ask('POST', `/api/devices/${mine?.id}/lost`)).status).toBe(409);
});
