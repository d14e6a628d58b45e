import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restoreBackup } from '../../src/server/backup/restore-backup.ts';
import { takeBackup } from '../../src/server/backup/take-backup.ts';
import { readConfig } from '../../src/server/config.ts';
import { collectOrphans, ORPHAN_DAYS, UNFINISHED_DAYS } from '../../src/server/photos/collect-orphans.ts';
import { noteStrays } from '../../src/server/photos/note-strays.ts';
import { openPhotos } from '../../src/server/photos/open-photos.ts';
import { faultsOf } from '../../src/server/verify/print-checks.ts';
import { verifyOffice } from '../../src/server/verify/verify-office.ts';
import { EAST, officeWorld, type AccountWorld, type Browser } from '../support/account-world.ts';
import { idOf, placeInGrid, ticketDraft } from '../support/factories.ts';
import { newPlace, officeIn, settingsOf, type Env } from '../support/office-place.ts';
import { bytesOf, type Bytes } from '../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from '../support/photo-phone.ts';
import { startServerProgram } from '../support/program.ts';
import { S3_KEYS, startS3 } from '../support/s3-store.ts';

const DAY_MS = 24 * 3600 * 1000;
const TICKET = idOf('s3', 'ticket');
const [ONE, LONELY, STRAY] = [bytesOf('in s3', 40_000), bytesOf('lonely in s3'), bytesOf('stray in s3')];

let folder: string;
let s3: Awaited<ReturnType<typeof startS3>>;
let world: AccountWorld;
let author: Browser;
let env: Env;

const bucket = (name: string): Env => ({
  PHOTO_STORE_URL: `${s3.url}/${name}`,
  PHOTO_STORE_KEY_ID: S3_KEYS.keyId,
  PHOTO_STORE_SECRET: S3_KEYS.secret,
  PHOTO_STORE_REGION: 'us-east-1',
});
const phone = () => photoPhone((path, init) => world.app.request(path, init), author.cookie);
/** The S3 of the tests answers a put before its file is closed; a real one does not. */
const isWhole = ({ sha, bytes }: Bytes, config = readConfig(env)) =>
  expect.poll(async () => Buffer.from((await openPhotos(config).store.get(sha)) ?? []).equals(bytes)).toBe(true);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-in-s3-'));
  s3 = await startS3('office', 'restored');
  const dataDir = join(folder, 'office');
  await mkdir(dataDir);
  const { photoStore } = readConfig(bucket('office'));
  world = await officeWorld({ ...officeIn(dataDir), config: { photoStore } });
  env = { ...settingsOf(dataDir, world.deps), ...bucket('office') };
  author = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  const words = { id: TICKET, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(await author.memberId(), ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
}, 60_000);
afterAll(async () => {
  await world.deps.close();
  await s3.close();
  await rm(folder, { recursive: true });
});

test('a photo that came in pieces lies in the bucket whole, and is served from there', async () => {
  expect(await phone().patch(ONE, 0, 15_000)).toEqual({ status: 204, offset: 15_000, complete: false });
  expect(await phone().patch(ONE, 15_000, 30_000)).toEqual({ status: 204, offset: 30_000, complete: false });
  expect(await phone().patch(ONE, 30_000)).toEqual({ status: 204, offset: 40_000, complete: true });
  await world.apply(await author.memberId(), addMediaDraft(EAST.grid, TICKET, mediaOfBytes(ONE)));
  await isWhole(ONE);
  const got = await phone().get(ONE.sha);
  expect(got.status).toBe(200);
  expect(Buffer.from(await got.arrayBuffer()).equals(ONE.bytes)).toBe(true);
  expect(await readdir(join(folder, 'office', 'uploads'))).toEqual([]);
  expect(await readdir(join(folder, 'office'))).not.toContain('photos');
});

test('PH5: what nothing needs goes from the bucket, whether a row knows it or not, and what is needed stays', async () => {
  const { store } = world.deps.photos;
  await phone().patch(LONELY);
  await store.put(STRAY.sha, STRAY.bytes, STRAY.type);
  await isWhole(STRAY);
  // The bucket has a clock of its own, which is that of this machine.
  world.deps.advance(Math.max(0, Date.now() - world.deps.now()) + (ORPHAN_DAYS + 1) * DAY_MS);
  let noted = 0;
  for (let part = 0; part < 256; part += 16) noted += (await noteStrays(world.deps, part)).noted;
  expect(noted).toBe(1);
  expect(await collectOrphans(world.deps)).toBe(1);
  world.deps.advance((UNFINISHED_DAYS + 1) * DAY_MS);
  expect(await collectOrphans(world.deps)).toBe(1);
  expect([await store.get(LONELY.sha), await store.get(STRAY.sha)]).toEqual([null, null]);
  await isWhole(ONE);
});

test('a backup has the photos of the bucket, a restore puts them into another one, and there they are served', async () => {
  const place = { file: join(folder, 'backups', '1.sqlite'), photoFolder: join(folder, 'backups', 'photos') };
  const { photos } = await takeBackup(readConfig(env), place);
  expect(photos).toEqual({ copied: 1, bytes: 40_000, kept: 0, missing: [] });
  expect((await takeBackup(readConfig(env), place)).photos).toMatchObject({ copied: 0, kept: 1 });
  expect(faultsOf(await verifyOffice(readConfig(env), place))).toBe(0);

  const restored = await newPlace(join(folder, 'restored'));
  const after = { ...restored.env, ...bucket('restored') };
  expect((await restoreBackup(readConfig(after), place)).photos).toMatchObject({ copied: 1, missing: [] });
  await isWhole(ONE, readConfig(after));
  expect(faultsOf(await verifyOffice(readConfig(after), null))).toBe(0);
  const server = await startServerProgram(after);
  const got = await fetch(`${server.url}/api/photos/${ONE.sha}`, { headers: { cookie: author.cookie } });
  const bytes = Buffer.from(await got.arrayBuffer());
  await server.kill();
  await restored.drop();
  expect([got.status, bytes.equals(ONE.bytes)]).toEqual([200, true]);
}, 60_000);

test('a photo that is damaged in the bucket, or gone from it, is named by a look through the office and by a backup', async () => {
  const { store } = world.deps.photos;
  const wrongWith = async () =>
    (await verifyOffice(readConfig(env), null)).filter(({ faults }) => faults > 0).flatMap(({ examples }) => examples);
  expect(await wrongWith()).toEqual([]);
  await store.put(ONE.sha, Buffer.alloc(40_000), ONE.type);
  await expect.poll(wrongWith).toEqual([`${ONE.sha} is damaged`]);
  expect((await phone().get(ONE.sha)).status).toBe(404);
  await store.remove(ONE.sha);
  expect(await wrongWith()).toEqual([`${ONE.sha} is missing`]);
  const place = { file: join(folder, 'late', '1.sqlite'), photoFolder: join(folder, 'late', 'photos') };
  expect((await takeBackup(readConfig(env), place)).photos.missing).toEqual([ONE.sha]);
});
