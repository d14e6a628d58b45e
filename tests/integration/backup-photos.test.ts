import { copyFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gridSpace } from '../../src/domain/space/space.ts';
import { restoreBackup } from '../../src/server/backup/restore-backup.ts';
import { takeBackup } from '../../src/server/backup/take-backup.ts';
import { readConfig, type Config } from '../../src/server/config.ts';
import { photoPath } from '../../src/server/photos/folder-store.ts';
import { faultsOf, printChecks } from '../../src/server/verify/print-checks.ts';
import { verifyOffice } from '../../src/server/verify/verify-office.ts';
import { EAST, officeWorld, type AccountWorld } from '../support/account-world.ts';
import { newPlace, officeAt, officeIn, settingsOf } from '../support/office-place.ts';
import { bytesOf } from '../support/photo-bytes.ts';
import { photoPhone } from '../support/photo-phone.ts';
import { createTestDependencies } from '../support/test-dependencies.ts';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-backup-photos-'));
let office: Config;
const backups = join(folder, 'backups');
const photoFolder = join(backups, 'photos');
const [one, two] = [bytesOf('one'), bytesOf('two')];
let world: AccountWorld;
let phone: ReturnType<typeof photoPhone>;

function configOf(name: string): Config {
  return readConfig({ DATA_DIR: join(folder, name) });
}

beforeAll(async () => {
  const dataDir = join(folder, 'office');
  await mkdir(dataDir);
  world = await officeWorld(officeIn(dataDir));
  office = readConfig(settingsOf(dataDir, world.deps));
  const { cookie } = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  phone = photoPhone((path, init) => world.app.request(path, init), cookie);
}, 60_000);
afterAll(async () => {
  await world.deps.close();
  await rm(folder, { recursive: true });
});

test('each backup copies only the photos that are not there yet, and nobody else may read its file', async () => {
  await phone.patch(one);
  const first = await takeBackup(office, { file: join(backups, '1.sqlite'), photoFolder });
  await phone.patch(two);
  const second = await takeBackup(office, { file: join(backups, '2.sqlite'), photoFolder });

  expect(first.photos).toEqual({ copied: 1, bytes: one.bytes.length, kept: 0, missing: [] });
  expect(second.photos).toEqual({ copied: 1, bytes: two.bytes.length, kept: 1, missing: [] });
  expect((await stat(second.file)).mode & 0o077).toBe(0);
  expect((await readdir(backups)).toSorted()).toEqual(['1.sqlite', '2.sqlite', 'photos']);
  expect(faultsOf(await verifyOffice(office, { file: second.file, photoFolder }))).toBe(0);
});

test('a photo that was damaged is named by a look through the office, and by the next backup into an empty folder', async () => {
  const path = photoPath(join(office.dataDir, 'photos'), two.sha);
  await copyFile(path, join(folder, 'kept'));
  await writeFile(path, 'x'.repeat(two.bytes.length));
  const checks = await verifyOffice(office, null);
  const elsewhere = join(folder, 'other-photos');
  const { photos } = await takeBackup(office, { file: join(folder, 'other.sqlite'), photoFolder: elsewhere });
  await copyFile(join(folder, 'kept'), path);

  expect(checks.filter(({ faults }) => faults > 0).map(({ examples }) => examples)).toEqual([
    [`${two.sha} is damaged`],
  ]);
  expect(photos).toMatchObject({ copied: 1, missing: [two.sha] });
  expect(faultsOf(await verifyOffice(office, null))).toBe(0);
});

test('PH1: a restored office says of a photo that its backup lacks that it is not here, so it can be brought again', async () => {
  const place = await newPlace(join(folder, 'restored'));
  const from = { file: join(folder, 'other.sqlite'), photoFolder: join(folder, 'other-photos') };
  const { photos, epoch } = await restoreBackup(readConfig(place.env), from);
  const { db, close } = await createTestDependencies(officeAt(place.env));
  const rows = await db.selectFrom('photo').select(['sha', 'stored_at']).execute();
  const server = await db.selectFrom('server').select('epoch').executeTakeFirstOrThrow();
  await close();
  await place.drop();

  expect(photos).toMatchObject({ copied: 1, missing: [two.sha] });
  expect(rows.find(({ sha }) => sha === two.sha)?.stored_at).toBeNull();
  expect(rows.find(({ sha }) => sha === one.sha)?.stored_at).not.toBeNull();
  expect(server.epoch).toBe(epoch);
});

test('a photo that a record needs and nobody has brought is told in a line of its own, and is no fault', async () => {
  const lineOf = (text: string) => text.split('\n').find((line) => line.startsWith('photos that records need'));
  expect(lineOf(printChecks(await verifyOffice(office, null)))).toMatch(/ 0 {2}sound$/);
  const ref = { space: gridSpace(EAST.grid), kind: 'ticket', id: 'ticket' };
  const refs = [one, bytesOf('on a phone')].map(({ sha }) => ({ sha, ...ref }));
  await world.deps.db.insertInto('media_ref').values(refs).execute();
  const checks = await verifyOffice(office, null);
  await world.deps.db.deleteFrom('media_ref').execute();

  expect(lineOf(printChecks(checks))).toMatch(/ 2 {2}1 still on phones, or lost$/);
  expect(checks.find(({ name }) => name === 'photos that records need')?.faults).toBe(0);
});

test('a restore over an office, over what is left of one, or from nothing is refused', async () => {
  const from = { file: join(backups, '2.sqlite'), photoFolder };
  await expect(restoreBackup(office, from)).rejects.toThrow(/already, and it stays as it is/);
  const remains = configOf('remains');
  await mkdir(remains.dataDir);
  await writeFile(join(remains.dataDir, 'doorstep.sqlite-wal'), 'changes of another database');
  await expect(restoreBackup(remains, from)).rejects.toThrow(/already, and it stays as it is/);
  const nothing = { file: join(backups, '3.sqlite'), photoFolder };
  await expect(restoreBackup(configOf('empty'), nothing)).rejects.toThrow(/There is no backup at/);
});
