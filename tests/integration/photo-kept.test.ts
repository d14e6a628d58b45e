import { afterEach, beforeEach, expect, test } from 'vitest';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import { DAY_MS } from '../../src/domain/time/day-ms.ts';
import { bytesBeside, sendAgain } from '../../src/client/features/attention/send-again.ts';
import { takeNewEpoch } from '../../src/server/history/new-epoch.ts';
import { collectOrphans } from '../../src/server/photos/collect-orphans.ts';
import { listen, type Listening } from '../../src/server/listen.ts';
import { dropBrought, isBrought, KEPT_MS } from '../../src/sync/kept-media.ts';
import { collectRescue, readRescue, rescueText } from '../../src/sync/rescue.ts';
import { EAST, officeWorld, type AccountWorld, type Browser } from '../support/account-world.ts';
import { idOf, placeInGrid, ticketDraft } from '../support/factories.ts';
import { newCacheDisk } from '../support/memory-cache-store.ts';
import { newOutboxDisk, openMemoryOutbox, type OutboxDisk } from '../support/memory-outbox-store.ts';
import { bytesOf } from '../support/photo-bytes.ts';
import { openQueuePhone, photosFor, type QueuePhone } from '../support/photo-queue-phone.ts';

const TICKET = idOf('kept', 'ticket');
const PHOTO = bytesOf('kept', 6000);
const SECOND = bytesOf('kept too', 5000);

let world: AccountWorld;
let server: Listening;
let volunteer: Browser;
let disk: OutboxDisk;
let phone: QueuePhone;
let open: () => Promise<QueuePhone>;
/** How long it has been since the photo was brought. */
let later = 0;

beforeEach(async () => {
  later = 0;
  world = await officeWorld({ now: () => Date.now() + later });
  server = await listen(world.app, 0, '127.0.0.1');
  volunteer = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  const memberId = await volunteer.memberId();
  const words = { id: TICKET, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(memberId, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
  disk = newOutboxDisk();
  const cache = newCacheDisk();
  const url = (): string => `http://127.0.0.1:${server.port}`;
  open = () => {
    const outbox = openMemoryOutbox(disk, () => 'client-1');
    return openQueuePhone({ memberId, cookie: volunteer.cookie, outbox, cache, url });
  };
  phone = await open();
  await phone.engine.save([photosFor(EAST.grid, TICKET, PHOTO)]);
  await go();
});
afterEach(async () => {
  await phone.engine.stop();
  await server.cut();
  await world.deps.close();
});

async function go(): Promise<void> {
  await phone.engine.syncNow();
  await phone.engine.media.uploadNow();
}

const here = () => disk.media.get(PHOTO.sha);
const isStored = async (): Promise<boolean> => (await world.deps.photos.store.get(PHOTO.sha)) !== null;

/** As a disk that is lost, and a database of the night before: what came since is not there. */
async function loseOnServer(): Promise<void> {
  await world.deps.db.deleteFrom('photo').where('sha', '=', PHOTO.sha).execute();
  await world.deps.photos.store.remove(PHOTO.sha);
}

test('[PH13] what was brought stays for a week, is not counted as waiting, and nothing is asked about it', async () => {
  expect([here() && isBrought(here()!), await isStored()]).toEqual([true, true]);
  expect([phone.engine.status().media, phone.engine.media.list()]).toEqual([undefined, []]);
  const asked = phone.asked.length;
  later = KEPT_MS - 60_000;
  await go();
  expect([phone.asked.length, here() !== undefined]).toEqual([asked, true]);
});

test('[PH13] a server that was restored from before it came is brought it again', async () => {
  await loseOnServer();
  await world.deps.db.transaction().execute((trx) => takeNewEpoch(trx, 'epoch-2'));
  await go();
  await go();
  expect([await isStored(), here() && isBrought(here()!)]).toEqual([true, true]);
});

test('[PH13] after a week the server is asked once more, and then the bytes go', async () => {
  const asked = phone.asked.length;
  later = KEPT_MS + 60_000;
  await go();
  expect(phone.asked.slice(asked).map(({ method }) => method)).toEqual(['HEAD']);
  expect(here()).toBeUndefined();
});

test('[PH13] where a server has lost it and said nothing, it is brought again after that week, and kept for another', async () => {
  await loseOnServer();
  later = KEPT_MS + 60_000;
  await go();
  expect(await isStored()).toBe(true);
  expect(here()?.broughtAt).toBeGreaterThan(Date.now() + KEPT_MS);
});

test('[RV1] a session that is revoked lets go at once of what the server has', async () => {
  await world.deps.db.updateTable('session').set({ revoked_at: world.deps.now() }).execute();
  await phone.engine.syncNow();
  expect(here()).toBeUndefined();
  expect(await isStored()).toBe(true);
});

test('[RV1] a session that is revoked by a server that was restored hands in what that one has not', async () => {
  await loseOnServer();
  await world.deps.db.transaction().execute((trx) => takeNewEpoch(trx, 'epoch-2'));
  await world.deps.db.updateTable('session').set({ revoked_at: world.deps.now() }).execute();
  await go();
  await go();
  expect([await isStored(), here()]).toEqual([true, undefined]);
});

test('[PH13] a tab that has had no answer of its own lets go of nothing', async () => {
  await phone.engine.save([photosFor(EAST.grid, TICKET, SECOND)]);
  phone.hold.value = 'paused';
  await phone.engine.syncNow();
  await phone.engine.stop();
  phone = await open();
  await phone.engine.media.uploadNow();
  expect(await world.deps.photos.store.get(SECOND.sha)).not.toBeNull();
  expect(disk.media.get(SECOND.sha)?.broughtAt).toBeNull();
  await go();
  expect(disk.media.get(SECOND.sha)?.broughtAt).toBeTypeOf('number');
});

test('[PH13] an answer from before a restore that was heard of meanwhile proves nothing: it is asked again', async () => {
  await phone.engine.save([photosFor(EAST.grid, TICKET, SECOND)]);
  phone.hold.value = 'paused';
  await phone.engine.syncNow();
  phone.hold.value = null;
  let answers = 0;
  phone.between.value = async (_method, sha) => {
    if (sha !== SECOND.sha || (answers += 1) > 1) return null;
    await world.deps.db.transaction().execute((trx) => takeNewEpoch(trx, 'epoch-2'));
    await phone.engine.syncNow();
    return new Response(null, { status: 200, headers: { 'upload-offset': '5000', 'upload-complete': '?1' } });
  };
  await phone.engine.media.uploadNow();
  expect(answers).toBeGreaterThan(0);
  await go();
  expect(await world.deps.photos.store.get(SECOND.sha)).not.toBeNull();
});

/** The second photo is held, for its author has lost the grid, and a coordinator has sent it back. */
async function sendBack(): Promise<Browser> {
  const memberId = await volunteer.memberId();
  const desk = await world.signedIn('姚敏', { coordinator: [EAST.id] });
  await desk.ask('PATCH', `/api/members/${memberId}`, { roles: NO_ROLES });
  await phone.engine.save([photosFor(EAST.grid, TICKET, SECOND)]);
  await go();
  const [held] = (await (await desk.ask('GET', '/api/held')).json()) as { id: string }[];
  expect((await desk.ask('POST', `/api/held/${held?.id}/return`, { reason: '请重新填写' })).status).toBe(204);
  await go();
  expect(phone.engine.waiting()[0]?.decision).toMatchObject({ as: 'returned' });
  return desk;
}
const second = () => disk.media.get(SECOND.sha);
const isSecondStored = async (): Promise<boolean> => (await world.deps.photos.store.get(SECOND.sha)) !== null;
/** Passes of every day, until the server has nothing that it does not need. */
async function liveOn(days: number): Promise<void> {
  for (let day = 0; day < days; day++) {
    later += DAY_MS;
    await go();
    await collectOrphans(world.deps);
  }
}

test('[PH13] a photo that was sent back stays until its author has decided, and the server is asked again and again', async () => {
  await sendBack();
  await liveOn(8);
  expect([here(), await phone.engine.media.bytes(SECOND.sha)]).toEqual([undefined, expect.any(ArrayBuffer)]);
  await liveOn(32);
  expect([second() && isBrought(second()!), await isSecondStored()]).toEqual([true, true]);
  await phone.engine.putAside(phone.engine.waiting()[0]!.row.mid);
  await liveOn(8);
  expect(second()).toBeUndefined();
});

test('[PH13] a sign-out leaves it here', async () => {
  await sendBack();
  await dropBrought(
    openMemoryOutbox(disk, () => 'client-1'),
    phone.engine.waiting(),
  );
  expect([here(), second()?.sha]).toEqual([undefined, SECOND.sha]);
});

test('[RF1] a file of rescue takes it to another phone, and not what a record has', async () => {
  await sendBack();
  const member = { id: await volunteer.memberId(), name: '范晓' };
  const text = rescueText({ exportedAt: 1, build: 'test', member, ...(await collectRescue(phone.engine)) });
  await phone.engine.stop();
  disk = newOutboxDisk();
  phone = await open();
  await phone.engine.recover(readRescue(text, member.id));
  expect([[...disk.media.keys()], second()?.bytes?.byteLength]).toEqual([[SECOND.sha], SECOND.bytes.length]);
});

test('[PH7] sent again, the new mutation names it as well, and it is asked about again', async () => {
  const desk = await sendBack();
  // They have the grid again.
  const roles = { ...NO_ROLES, volunteer: [EAST.grid] };
  await desk.ask('PATCH', `/api/members/${await volunteer.memberId()}`, { roles });
  await go();
  await go();
  const { row } = phone.engine.waiting()[0]!;
  const media = await bytesBeside(phone.engine.media, row.mid);
  const [fresh] = await phone.engine.save([{ ...sendAgain(row, {}), media }]);
  await phone.engine.putAside(row.mid);
  expect(second()).toMatchObject({ mids: [row.mid, fresh!.mid], broughtAt: null });
});

test('[RV1] a lost phone brings it once more where the server has let go of it, and keeps nothing', async () => {
  await sendBack();
  later = 31 * DAY_MS;
  await collectOrphans(world.deps);
  expect(await isSecondStored()).toBe(false);
  await world.deps.db.updateTable('session').set({ revoked_at: world.deps.now() }).execute();
  await go();
  await go();
  expect([await isSecondStored(), disk.rows.length, disk.media.size]).toEqual([true, 0, 0]);
});
