import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { restoreBackup } from '../../src/server/backup/restore-backup.ts';
import { takeBackup } from '../../src/server/backup/take-backup.ts';
import { readConfig } from '../../src/server/config.ts';
import { listen, type Listening } from '../../src/server/listen.ts';
import { adoptPhotos, MAX_A_ROUND } from '../../src/server/photos/adopt-photo.ts';
import { uploadName } from '../../src/server/photos/partial-files.ts';
import { EAST, officeWorld, WEST, type AccountWorld, type Browser } from '../support/account-world.ts';
import { idOf, placeInGrid, ticketDraft } from '../support/factories.ts';
import { newOutboxDisk, openMemoryOutbox } from '../support/memory-outbox-store.ts';
import { newPlace, officeAt, officeIn, settingsOf } from '../support/office-place.ts';
import { bytesOf, jpegWithExif, type Bytes } from '../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from '../support/photo-phone.ts';
import { openQueuePhone, photosFor } from '../support/photo-queue-phone.ts';
import { createTestDependencies } from '../support/test-dependencies.ts';

const TICKET = idOf('found', 'ticket');
const ONE = bytesOf('found', 40_000);

let folder: string;
let before: string;
let world: AccountWorld;
let volunteer: Browser;
let volunteerId: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-found-'));
  before = join(folder, 'before');
  await mkdir(before);
  world = await officeWorld({ ...officeIn(before), now: () => Date.now() });
  volunteer = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  volunteerId = await volunteer.memberId();
  const words = { id: TICKET, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(volunteerId, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
}, 60_000);
afterEach(async () => {
  await world.deps.close();
  await rm(folder, { recursive: true });
});

const phone = () => photoPhone((path, init) => world.app.request(path, init), volunteer.cookie);
const put = ({ sha, bytes, type }: Bytes, under = sha) => world.deps.photos.store.put(under, bytes, type);
const reference = (photo: Bytes) => world.apply(volunteerId, addMediaDraft(EAST.grid, TICKET, mediaOfBytes(photo)));
const rows = () => world.deps.db.selectFrom('photo').select(['sha', 'type', 'size']).execute();

test('PH14: a photo that was brought after the backup is there again when its phone has sent its mutation again', async () => {
  const backups = join(folder, 'backups');
  const place = { file: join(backups, '1.sqlite'), photoFolder: join(backups, 'photos') };
  await takeBackup(readConfig(settingsOf(before, world.deps)), place);
  let server: Listening = await listen(world.app, 0, '127.0.0.1');
  const sender = await openQueuePhone({
    memberId: volunteerId,
    cookie: volunteer.cookie,
    outbox: openMemoryOutbox(newOutboxDisk(), () => 'client-1'),
    url: () => `http://127.0.0.1:${server.port}`,
  });
  await sender.engine.save([photosFor(EAST.grid, TICKET, ONE)]);
  await sender.engine.syncNow();
  await sender.engine.media.uploadNow();
  expect(sender.asked.at(-1)).toMatchObject({ method: 'PATCH', sha: ONE.sha, status: 204 });
  await server.cut();

  const after = join(folder, 'after');
  const restored = await newPlace(after);
  await restoreBackup(readConfig(restored.env), place);
  await rm(join(after, 'photos'), { recursive: true, force: true });
  await rename(join(before, 'photos'), join(after, 'photos'));
  const now = () => Date.now();
  const deps = await createTestDependencies({ ...officeAt(restored.env), now });
  const app = createApp(deps);
  const reader = photoPhone((path, init) => app.request(path, init), volunteer.cookie);
  server = await listen(app, 0, '127.0.0.1');
  expect((await reader.get(ONE.sha)).status).toBe(404);
  await sender.engine.syncNow();
  const got = await reader.get(ONE.sha);
  await sender.engine.stop();
  await server.cut();
  await deps.close();
  await restored.drop();

  expect(got.status).toBe(200);
  expect(Buffer.from(await got.arrayBuffer()).equals(ONE.bytes)).toBe(true);
});

test('PH14: who asks how far it is learns that it is whole, and nothing comes a second time', async () => {
  await put(ONE);
  expect(await phone().head(ONE)).toMatchObject({ status: 404 });
  await reference(ONE);
  expect(await phone().head(ONE)).toEqual({ status: 200, offset: 40_000, complete: true });
  expect(await rows()).toEqual([{ sha: ONE.sha, type: 'image/jpeg', size: 40_000 }]);
});

test('PH14: also where an upload of it had been announced, and not where it has begun to come', async () => {
  await reference(ONE);
  await phone().patch(ONE, 0, 1);
  await put(ONE);
  expect(await phone().head(ONE)).toMatchObject({ offset: 1, complete: false });
  await world.deps.photos.partials.discard(uploadName(ONE.sha, volunteerId));
  expect(await phone().head(ONE)).toMatchObject({ offset: 40_000, complete: true });
});

test('PH14: what lies there damaged, or would be refused if it came, is not taken', async () => {
  const placed = jpegWithExif('position');
  await put(placed);
  await put({ ...ONE, bytes: ONE.bytes.subarray(1) }, ONE.sha);
  for (const one of [placed, ONE]) {
    await reference(one);
    expect(await phone().head(one)).toMatchObject({ status: 404 });
    expect((await phone().get(one.sha)).status).toBe(404);
  }
  expect(await adoptPhotos(world.deps)).toEqual({ adopted: 0, next: null });
  expect(await rows()).toEqual([]);
  expect(await phone().patch(ONE)).toMatchObject({ status: 204, complete: true });
});

test('PH14: what another process is throwing away just then is not called here', async () => {
  await put(ONE);
  await reference(ONE);
  const { store } = world.deps.photos;
  let asked = 0;
  world.deps.photos.store = { ...store, get: (sha) => ((asked += 1) === 1 ? store.get(sha) : Promise.resolve(null)) };
  expect((await phone().get(ONE.sha)).status).toBe(404);
  expect([asked, await rows()]).toEqual([2, []]);
  world.deps.photos.store = store;
  expect((await phone().get(ONE.sha)).status).toBe(200);
});

test('PH14: the server looks for what records need by itself, so that the next backup has it', async () => {
  const lonely = bytesOf('lonely');
  await put(ONE);
  await put(lonely);
  await reference(ONE);
  await reference(bytesOf('on a phone'));
  expect(await adoptPhotos(world.deps)).toEqual({ adopted: 1, next: null });
  expect(await rows()).toMatchObject([{ sha: ONE.sha }]);
  expect(await adoptPhotos(world.deps)).toEqual({ adopted: 0, next: null });
});

test('PH14: a round looks for so many; the next goes on behind them, past what is still on phones', async () => {
  const place = placeInGrid(EAST.id, EAST.grid);
  const shas = Array.from({ length: MAX_A_ROUND + 1 }, (_, n) => n.toString(16).padStart(64, '0'));
  const space = `grid:${place.gridId}`;
  const refs = shas.map((sha) => ({ sha, space, kind: 'ticket', id: TICKET }));
  await world.deps.db.insertInto('media_ref').values(refs).execute();
  await reference(ONE);
  await put(ONE);
  const first = await adoptPhotos(world.deps);
  expect(first).toEqual({ adopted: 0, next: shas[MAX_A_ROUND - 1] });
  expect(await adoptPhotos(world.deps, first.next ?? '')).toEqual({ adopted: 1, next: null });
});

test('PH14: a store that does not answer ends the round, and the next begins behind what it was asked for', async () => {
  const others = [bytesOf('second'), bytesOf('third')];
  for (const one of [ONE, ...others]) await reference(one);
  const order = [ONE, ...others].map(({ sha }) => sha).sort();
  const asked: string[] = [];
  const { store } = world.deps.photos;
  world.deps.photos.store = {
    ...store,
    get(sha) {
      asked.push(sha);
      return Promise.reject(new Error('hangs'));
    },
  };
  expect(await adoptPhotos(world.deps)).toEqual({ adopted: 0, next: order[0] });
  expect(asked).toEqual([order[0]]);
  world.deps.photos.store = store;
  for (const one of [ONE, ...others]) await put(one);
  expect(await adoptPhotos(world.deps, order[0])).toEqual({ adopted: 2, next: null });
  expect(await adoptPhotos(world.deps)).toEqual({ adopted: 1, next: null });
});

test('PH4, PH14: what is found is shown for who needed it then, and not for who names it afterwards', async () => {
  const late = await world.signedIn('程远', { volunteer: [WEST.grid] });
  const lateId = await late.memberId();
  const ticket = idOf('found', 'west');
  const words = { id: ticket, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(lateId, ticketDraft(placeInGrid(WEST.id, WEST.grid), words));
  const reader = photoPhone((path, init) => world.app.request(path, init), late.cookie);
  const name = (photo: Bytes) => world.apply(lateId, addMediaDraft(WEST.grid, ticket, mediaOfBytes(photo)));

  await put(ONE);
  await reference(ONE);
  expect((await phone().get(ONE.sha)).status).toBe(200);
  await name(ONE);
  expect((await reader.get(ONE.sha)).status).toBe(404);

  // Who brought it is in the backup, its bytes are not: nobody else is taken at their word, needed as it is or not.
  const [two, three] = [bytesOf('known', 5000), bytesOf('known and needed by nobody', 5000)];
  for (const photo of [two, three]) await phone().patch(photo);
  await reference(two);
  await world.deps.db.updateTable('photo').set({ stored_at: null }).execute();
  for (const photo of [two, three]) {
    await name(photo);
    expect((await reader.get(photo.sha)).status).toBe(404);
  }
  expect((await phone().get(two.sha)).status).toBe(200);
});
