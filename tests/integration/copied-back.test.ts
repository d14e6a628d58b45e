import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { afterAll, afterEach, expect, test } from 'vitest';
import { readConfig } from '../../src/server/config.ts';
import { openStorage } from '../../src/server/open-storage.ts';
import { runProgram, startServerProgram, type Program } from '../support/program.ts';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-copied-'));
const running = new Set<Program>();
afterEach(async () => {
  for (const program of running) await program.kill();
  running.clear();
});
afterAll(() => rm(folder, { recursive: true }));

interface Office {
  dir: string;
  file: string;
}

let offices = 0;
async function newOffice(): Promise<Office> {
  const dir = join(folder, String(++offices));
  await mkdir(dir);
  return { dir, file: join(dir, 'doorstep.sqlite') };
}

interface Life {
  epoch: string;
  run: string;
  doubt: string | null;
}

/** One life of a server in a process of its own: the epoch and run that it leaves, and of what its log told. */
async function lived({ dir, file }: Office, end: 'SIGTERM' | 'SIGKILL'): Promise<Life> {
  const server = await startServerProgram({ DATA_DIR: dir });
  running.add(server);
  await server.kill(end);
  const db = new DatabaseSync(file);
  const { epoch, run } = db.prepare('select epoch, run from server').get() as { epoch: string; run: string };
  db.close();
  return { epoch, run, doubt: /"doubt":"(\w+)"/.exec(server.output())?.[1] ?? null };
}

/** The same of what a server stands on, in this process: a start takes a second otherwise. */
async function live({ dir }: Office): Promise<Life> {
  let doubt: string | null = null;
  const logger = pino({ base: null }, { write: (line) => (doubt = (JSON.parse(line) as Life).doubt) });
  const { db, close } = await openStorage(readConfig({ DATA_DIR: dir }), logger);
  const server = await db.selectFrom('server').select(['epoch', 'run']).executeTakeFirstOrThrow();
  await close();
  return { ...server, doubt };
}

/** As by hand: the database's file alone takes the place of another one. */
async function putBack(copy: string, { file }: Office): Promise<void> {
  for (const end of ['-wal', '-shm']) await rm(`${file}${end}`, { force: true });
  await copyFile(copy, file);
}

test('a server that is stopped or killed finds what it left: its epoch stays, and each start begins a run', async () => {
  const office = await newOffice();
  const lives: Life[] = [];
  for (const end of ['SIGTERM', 'SIGKILL', 'SIGKILL', 'SIGTERM'] as const) lives.push(await lived(office, end));

  expect(new Set(lives.map(({ epoch }) => epoch)).size).toBe(1);
  expect(new Set(lives.map(({ run }) => run)).size).toBe(4);
  expect(lives.map(({ doubt }) => doubt)).toEqual([null, null, null, null]);
}, 90_000);

test('[RS5] an older copy of the file that is put back by hand gets a new epoch, once, and the log says why', async () => {
  const office = await newOffice();
  const first = await live(office);
  const copy = join(folder, 'older.sqlite');
  await copyFile(office.file, copy);
  await live(office);
  await putBack(copy, office);
  const back = await live(office);

  expect(back.doubt).toBe('older');
  expect(back.epoch).not.toBe(first.epoch);
  expect(await live(office)).toMatchObject({ epoch: back.epoch, doubt: null });
}, 90_000);

test('[RS5] a file that npm run backup wrote gets a new epoch where it is put by hand, beside a mark or alone', async () => {
  const office = await newOffice();
  const { epoch } = await live(office);
  const backup = join(folder, 'backups', 'night.sqlite');
  expect(await runProgram('scripts/backup.ts', [backup], { DATA_DIR: office.dir })).toMatchObject({ code: 0 });
  const alone = await newOffice();
  for (const place of [office, alone]) {
    await putBack(backup, place);
    const back = await live(place);
    expect(back).toMatchObject({ doubt: 'backup', epoch: expect.not.stringMatching(epoch) as string });
    expect(await live(place)).toMatchObject({ epoch: back.epoch, doubt: null });
  }
}, 90_000);

test('a backup is taken of the tables of an older version too, before a server has changed them', async () => {
  const office = await newOffice();
  await live(office);
  const db = new DatabaseSync(office.file);
  db.exec('alter table server drop column copied');
  db.exec(`delete from kysely_migration where name = '0008-one-history'`);
  db.close();
  const backup = join(folder, 'backups', 'before.sqlite');

  expect(await runProgram('scripts/backup.ts', [backup], { DATA_DIR: office.dir })).toMatchObject({ code: 0 });
});

test('[RS5] a database that is carried to another place gets a new epoch: it may be an old copy', async () => {
  const office = await newOffice();
  const { epoch } = await live(office);
  const elsewhere = await newOffice();
  await copyFile(office.file, elsewhere.file);

  const there = await live(elsewhere);
  expect([there.doubt, there.epoch === epoch]).toEqual(['carried', false]);
});

test('npm run restore gives one new epoch, and the start after it finds nothing more', async () => {
  const office = await newOffice();
  const { epoch } = await live(office);
  const backup = join(folder, 'backups', 'restored.sqlite');
  await runProgram('scripts/backup.ts', [backup], { DATA_DIR: office.dir });
  await rm(office.file);
  const restored = await runProgram('scripts/restore.ts', [backup], { DATA_DIR: office.dir });

  expect(restored).toMatchObject({ code: 0 });
  const back = await live(office);
  expect(back.doubt).toBeNull();
  expect(back.epoch).not.toBe(epoch);
  expect(restored.output).toContain(back.epoch);
}, 90_000);

test('a database that is missing beside its mark was lost: no new one takes its place', async () => {
  const office = await newOffice();
  await live(office);
  await rm(office.file);
  const { code, output } = await runProgram('src/server/main.ts', [], { DATA_DIR: office.dir, PORT: '0' });

  expect(code).toBe(1);
  expect(output).toMatch(/is missing, but photos or parts of a database are still there/);
});
