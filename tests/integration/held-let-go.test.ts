import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { HeldEntry, ReturnedEntry } from '../../src/protocol/desk-messages.ts';
import { collectSessions } from '../../src/server/auth/collect-sessions.ts';
import { EAST, officeWorld, type Browser } from '../support/account-world.ts';
import type { AppPhone } from '../support/app-phone.ts';
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
let held: HeldEntry;
/** A volunteer wrote down a matter without a network, lost the grid meanwhile, and it is held because of that. */
beforeEach(async () => {
  name = `志愿者${++count}`;
  const volunteer = await volunteerOffline(world, name);
  ({ browser, phone, setGrids } = volunteer);
  await volunteer.write(idOf('let go', name));
  await setGrids([]);
  phone.online = true;
  await phone.sync();
  const [entry] = (await ask<HeldEntry>('/api/held')).filter(({ memberName }) => memberName === name);
  if (!entry) throw new Error('not held');
  held = entry;
});

const ask = async <T>(path: string) => (await (await desk.ask('GET', path)).json()) as T[];
const sendBack = async () => {
  expect((await desk.ask('POST', `/api/held/${held.id}/return`, { reason: '请重新填写' })).status).toBe(204);
};
const end = (revoked_at: number | null) =>
  world.deps.db.updateTable('session').set({ revoked_at }).where('member_id', '=', phone.memberId).execute();
const reopenable = async () => (await ask<ReturnedEntry>('/api/held/returned')).map(({ id }) => id).includes(held.id);
const isOnlyHere = async () => (await ask<HeldEntry>('/api/held')).find(({ id }) => id === held.id)?.isOnlyHere;

test('[RC4] what was sent back before the phone was lost is taken up again, for the phone lets go of it', async () => {
  expect(held).toMatchObject({ reason: 'noAccess', isOnlyHere: false });
  await sendBack();
  await phone.sync();
  expect(phone.engine.waiting()[0]?.decision).toMatchObject({ as: 'returned' });
  expect(await reopenable()).toBe(false);
  await end(world.deps.now());
  await phone.sync();
  expect(phone.outbox.rows).toEqual([]);
  expect(await reopenable()).toBe(true);
  expect((await desk.ask('POST', `/api/held/${held.id}/reopen`)).status).toBe(204);
  expect(await isOnlyHere()).toBe(true);
  const answer = await desk.ask('POST', `/api/held/${held.id}/accept`);
  expect(await answer.json()).toMatchObject({ status: 'applied' });
});

test('[RC4] also where the phone never comes again; found, its author has the word', async () => {
  await sendBack();
  await end(world.deps.now());
  expect(await reopenable()).toBe(true);
  await end(null);
  expect(await reopenable()).toBe(false);
});

test('[RC4] also what is sent back only after the phone has let go of it, and once somebody has signed in there', async () => {
  await end(world.deps.now());
  await phone.sync();
  expect(phone.outbox.rows).toEqual([]);
  expect(await isOnlyHere()).toBe(true);
  await browser.signIn(name);
  await setGrids([EAST.grid]);
  await phone.sync();
  await sendBack();
  expect(await reopenable()).toBe(true);
});

test('[RC4] also what the phone had handed in under a number that it has given up', async () => {
  await sendBack();
  const { clientId } = phone.outbox;
  await end(world.deps.now());
  await world.deps.db.updateTable('client').set({ session_id: null }).where('id', '=', clientId).execute();
  const now = world.deps.now();
  const said = { protocol: 2, member: phone.memberId, client: `later-${count}`, build: 'test', pending: 0 };
  const request = { ...said, epoch: null, sentAt: now, lastContactAt: null, push: [], pull: [], follows: clientId };
  expect((await browser.ask('POST', '/api/sync', request)).status).toBe(200);
  expect(await reopenable()).toBe(true);
});

test('[RC4] also after the ended session has run out', async () => {
  await sendBack();
  await end(world.deps.now());
  await world.deps.db.updateTable('session').set({ last_seen_at: 0 }).where('member_id', '=', phone.memberId).execute();
  expect(await collectSessions(world.deps)).toBe(1);
  expect(await reopenable()).toBe(true);
});
