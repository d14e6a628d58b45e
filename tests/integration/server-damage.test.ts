import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { gridSpace } from '../../src/domain/space/space.ts';
import type { SyncResponse } from '../../src/protocol/sync-messages.ts';
import { EAST, officeWorld } from '../support/account-world.ts';
import { idOf, placeInGrid, ticketDraft } from '../support/factories.ts';
import { startProgram, startServerProgram, type Program } from '../support/program.ts';
import { SyncPhone } from '../support/sync-phone.ts';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-damage-'));
const sound = join(folder, 'sound.sqlite');
const mounted: string[] = [];
const running = new Set<Program>();
let person = { memberId: '', cookie: '' };

beforeAll(async () => {
  const world = await officeWorld({ file: sound, photoFolder: folder, now: () => Date.now() });
  const { cookie } = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  const member = world.deps.db.selectFrom('member').select('id').where('sign_in_name', '=', '范晓');
  person = { memberId: (await member.executeTakeFirstOrThrow()).id, cookie };
  await world.deps.close();
}, 60_000);
afterEach(async () => {
  for (const program of running) await program.kill();
  running.clear();
  for (const place of mounted.splice(0)) asRoot('umount', '-l', place);
});
afterAll(() => rm(folder, { recursive: true }));

let places = 0;
async function newPlace(): Promise<{ dir: string; file: string }> {
  const dir = join(folder, String(++places));
  await mkdir(dir);
  return { dir, file: join(dir, 'doorstep.sqlite') };
}

const asRoot = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: 'ignore' });

/** A disk of its own of this size, where the one who runs the tests may mount one. */
function mount(dir: string, size: string): boolean {
  try {
    asRoot('mount', '-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', dir);
  } catch {
    return false;
  }
  mounted.push(dir);
  return true;
}

/** No file may grow beyond this, which is what a full disk looks like to a program. */
const upTo = (bytes: number): string[] => ['sh', '-c', `ulimit -f ${Math.ceil(bytes / 512)}; exec "$@"`, 'sh'];

async function overwrite(file: string, at: number, length: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(length, 0x5a), 0, length, at);
  await handle.close();
}

const change = (file: string, sql: string): void => {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
};

const DAMAGES: Record<string, { make(place: { dir: string; file: string }): Promise<unknown>; says: RegExp }> = {
  'pages that were overwritten': {
    async make({ file }) {
      await copyFile(sound, file);
      await overwrite(file, 8 * 4096, 20 * 4096);
    },
    says: /is damaged: its pages do not fit together\. Nothing was started on it\. .*npm run restore/,
  },
  'a file that is no database': {
    make: ({ file }) => writeFile(file, 'x'.repeat(9000)),
    says: /is no database\. If DATA_DIR is right, it was overwritten\./,
  },
  'an empty file': {
    make: ({ file }) => writeFile(file, ''),
    says: /has nothing in it\. If this is the very first start, delete it/,
  },
  'photos without their database': {
    make: ({ dir }) => mkdir(join(dir, 'photos')),
    says: /is missing, but photos or parts of a database are still there\. .*its disk mounted\?/,
  },
  'the database of another program': {
    async make({ file }) {
      change(file, 'create table notes(text)');
    },
    says: /is a database of another program\. Set DATA_DIR/,
  },
  'a database of a newer version': {
    async make({ file }) {
      await copyFile(sound, file);
      change(file, `insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')`);
    },
    says: /was written by a newer version of Doorstep\. Start that version again/,
  },
};

test.each(Object.entries(DAMAGES))('%s: a sentence, and nothing is started on top', async (_name, { make, says }) => {
  const place = await newPlace();
  await make(place);
  const before = await readFile(place.file).catch(() => null);
  const program = startProgram('src/server/main.ts', [], { env: { PORT: '0', DATA_DIR: place.dir } });
  running.add(program);

  expect(await program.ended).toBe(1);
  expect(program.output().trim()).toMatch(says);
  expect(program.output().trim().split('\n')).toHaveLength(1);
  expect(await readFile(place.file).catch(() => null)).toEqual(before);
});

test('a disk without room stops the start with a sentence', async () => {
  const { dir } = await newPlace();
  const options = { env: { PORT: '0', DATA_DIR: dir }, through: upTo(8192) };
  const program = startProgram('src/server/main.ts', [], options);
  running.add(program);

  expect(await program.ended).toBe(1);
  expect(program.output()).toMatch(/^(There is no room left on the disk|The disk of .* does not take)/);
});

test('a folder that may only be read stops the start with a sentence', async (context) => {
  const { dir, file } = await newPlace();
  const isDisk = mount(dir, '4m');
  await copyFile(sound, file);
  if (isDisk) asRoot('mount', '-o', 'remount,ro', dir);
  else await chmod(dir, 0o500).then(() => chmod(file, 0o400));
  if (!isDisk && process.getuid?.() === 0) context.skip('who may do anything needs a disk that takes nothing');
  const program = startProgram('src/server/main.ts', [], { env: { PORT: '0', DATA_DIR: dir } });
  running.add(program);

  expect(await program.ended).toBe(1);
  expect(program.output()).toMatch(/^The database in .* may not be written\. Give this user the right/);
  if (!isDisk) await chmod(dir, 0o700);
});

test('while the disk is full phones are asked to come again, the look at health says so, and nothing is lost', async () => {
  const { dir, file } = await newPlace();
  const isDisk = mount(dir, '3m');
  await copyFile(sound, file);
  const env = { DATA_DIR: dir };
  let server = await startServerProgram(env, isDisk ? {} : { through: upTo(1024 * 1024) });
  running.add(server);
  const phone = new SyncPhone(
    person.memberId,
    async (request) => {
      const headers = { 'content-type': 'application/json', cookie: person.cookie };
      const answer = await fetch(`${server.url}/api/sync`, { method: 'POST', headers, body: JSON.stringify(request) });
      expect(answer.status).toBe(200);
      return (await answer.json()) as SyncResponse;
    },
    { clock: Date.now(), client: randomUUID() },
  );
  const space = gridSpace(EAST.grid);
  const place = placeInGrid(EAST.id, EAST.grid);
  let count = 0;
  const batch = () =>
    Array.from({ length: 20 }, () => {
      const words = { id: idOf('full', String(++count)), kind: 'issue' as const, item: 'CQ01', text: '楼'.repeat(400) };
      const { name, args } = ticketDraft(place, words);
      return phone.mutation(space, name, args, { mid: randomUUID() });
    });
  let last = batch();
  let answer = await phone.push(space, ...last);
  while (!answer.pushed[0]?.stop && count < 4000) {
    last = batch();
    answer = await phone.push(space, ...last);
  }

  expect(answer.pushed[0]).toMatchObject({ receipts: [], stop: { seq: last[0]?.seq, reason: 'retry' } });
  const sick = await fetch(`${server.url}/healthz`);
  expect(sick.status).toBe(503);
  expect(await sick.text()).toContain('disk: full, or not to be written');
  // Reading goes on.
  expect((await phone.pullAll(space)).rows.length).toBeGreaterThan(0);

  if (isDisk) asRoot('mount', '-o', 'remount,size=32m', dir);
  else {
    await server.kill();
    server = await startServerProgram(env);
    running.add(server);
  }
  const again = await phone.push(space, ...last);
  expect(again.pushed[0]?.receipts.map(({ status }) => status)).toEqual(last.map(() => 'applied'));
  const { rows } = await phone.pullAll(space);
  expect(rows.filter(({ k }) => k === 'ticket')).toHaveLength(count);
}, 60_000);
