import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DeviceEntry } from '../../src/protocol/desk-messages.ts';
import { EAST, officeWorld, WEST, type Browser } from '../support/account-world.ts';
import { openAppPhone } from '../support/app-phone.ts';
import { openMemoryOutbox } from '../support/memory-outbox-store.ts';

const HOUR = 3_600_000;

let world: Awaited<ReturnType<typeof officeWorld>>;
let desk: Browser;
let count = 0;
let name: string;
let browser: Browser;
beforeAll(async () => {
  world = await officeWorld();
  desk = await world.signedIn('姚敏', { coordinator: [EAST.id] });
}, 60_000);
afterAll(() => world.deps.close());
beforeEach(async () => {
  name = `志愿者${++count}`;
  browser = await world.signedIn(name, { volunteer: [EAST.grid] });
});

/** The phone comes under this number and says that so much waits; an hour goes by. */
async function come(client: string, pending: number, over: object = {}): Promise<void> {
  const now = world.deps.now();
  const said = { protocol: 2, member: await browser.memberId(), client: `${client}-${count}`, build: 'test', pending };
  const request = { ...said, epoch: null, sentAt: now, lastContactAt: null, push: [], pull: [], ...over };
  expect((await browser.ask('POST', '/api/sync', request)).status).toBe(200);
  world.deps.advance(HOUR);
}

const entries = async () =>
  ((await (await desk.ask('GET', '/api/devices')).json()) as DeviceEntry[]).filter((one) => one.memberName === name);
const aside = (client: string, asker = desk) => asker.ask('POST', `/api/devices/${client}-${count}/aside`);

test('a phone whose storage was cleared still says what waited on it, until a coordinator puts that aside', async () => {
  const before = world.deps.now();
  await come('old', 3, { media: { waiting: 2, sounds: 1 } });
  await come('new', 0);
  const left = { id: `old-${count}`, unsent: 3, unsentMedia: 2, unsentSounds: 1, lastSeenAt: before };
  expect(await entries()).toMatchObject([
    { id: `new-${count}`, unsent: 0, left: [{ ...left, foundAt: before + HOUR }] },
  ]);

  const west = await world.signedIn(`西边${count}`, { coordinator: [WEST.id] });
  expect((await aside('old', west)).status).toBe(404);
  expect((await aside('new')).status).toBe(404);
  expect((await aside('old')).status).toBe(204);
  expect(await entries()).toMatchObject([{ id: `new-${count}`, left: [] }]);
  expect((await aside('old')).status).toBe(404);
});

test('it is one phone still once it has signed out, and what waited is not forgotten by that', async () => {
  await come('old', 3);
  await come('new', 0);
  await browser.ask('DELETE', '/api/session');
  expect(await entries()).toMatchObject([{ id: `new-${count}`, state: 'signedOut', left: [{ unsent: 3 }] }]);
});

test('a phone that had nothing unsent has left nothing', async () => {
  await come('old', 0);
  await come('new', 0);
  expect(await entries()).toMatchObject([{ left: [] }]);
});

test('two phones of one profile are no phone that was cleared', async () => {
  await come('one', 3);
  await come('other', 0);
  await come('one', 3);
  await come('other', 0);
  expect(await entries()).toMatchObject([{ id: `other-${count}`, left: [] }]);
});

test('[FK2] a phone that takes a new number itself has what waited with it', async () => {
  const phone = await openAppPhone(world, browser);
  await phone.sync();
  const old = phone.outbox.clientId ?? '';
  await world.deps.db.updateTable('client').set({ pending: 3 }).where('id', '=', old).execute();
  world.deps.advance(HOUR);
  await openMemoryOutbox(phone.outbox, () => '').renumber('taken-itself');
  await phone.sync();
  expect(await entries()).toMatchObject([{ id: 'taken-itself', left: [] }]);
});
