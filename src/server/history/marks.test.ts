import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../db/open-database.ts';
import { migrate } from '../db/migrate.ts';
import { createLogger } from '../logger.ts';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { MarkFile } from './mark-file.ts';
import { joinByMarks } from './marks.ts';

let db: Kysely<Database>;
let beside: string | null;
let count = 0;
const file: MarkFile = {
  read: () => Promise.resolve(beside),
  write: (mark) => {
    beside = mark;
    return Promise.resolve();
  },
};
const tools = {
  logger: createLogger('silent'),
  newEpoch: () => `epoch-${++count}`,
  newName: () => String(++count).padStart(8, '0'),
};
const join = () => joinByMarks(db, file, tools);
const readServer = () => db.selectFrom('server').select(['epoch', 'run', 'copied']).executeTakeFirstOrThrow();
const epoch = async () => (await readServer()).epoch;
const write = (ver: number) =>
  db
    .insertInto('space')
    .values({ id: 'office', ver, gc_ver: 0, digest: '0' })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ver }))
    .execute();
/** The rows by which a database knows its past, as they are now; put back by the function that it returns. */
async function copyOf(): Promise<() => Promise<void>> {
  const marks = await db.selectFrom('mark').selectAll().execute();
  return async () => {
    await db.deleteFrom('mark').execute();
    await db.insertInto('mark').values(marks).execute();
  };
}

beforeEach(async () => {
  db = openDatabase(':memory:');
  await migrate(db, 'first');
  beside = null;
});
afterEach(() => db.destroy());

test('a first start, and each one after it, keeps the epoch and begins a run', async () => {
  const runs = new Set<string>();
  for (let start = 0; start < 6; start++) {
    const history = await join();
    await write(start + 1);
    await history.keep();
    runs.add((await readServer()).run);
  }
  expect(await epoch()).toBe('first');
  expect(runs.size).toBe(6);
  expect((await db.selectFrom('mark').select('id').execute()).map(({ id }) => id)).toContain(beside);
});

test('a mark is set when something was written, and not otherwise', async () => {
  const history = await join();
  const first = beside;
  await history.keep();
  expect(beside).toBe(first);
  await write(1);
  await history.keep();
  expect(beside).not.toBe(first);
  const second = beside;
  await history.keep();
  expect(beside).toBe(second);
});

test('[RS5] a database that does not know the mark beside it is older than what ran here: a new epoch, once', async () => {
  const history = await join();
  const putBack = await copyOf();
  await write(1);
  await history.keep();
  await putBack();
  await join();
  const taken = await epoch();
  expect(taken).not.toBe('first');
  await join();
  expect(await epoch()).toBe(taken);
});

test('a server that was killed between the mark in its database and the one beside it is not taken for a copy', async () => {
  const history = await join();
  for (let n = 0; n < 3; n++) {
    await write(n + 1);
    const before = beside;
    await history.keep();
    beside = before;
  }
  await join();
  expect(await epoch()).toBe('first');
});

test('a mark that does not get beside the database for a while is tried again, and none is set after it', async () => {
  const history = await join();
  const writeMark = file.write;
  file.write = () => Promise.reject(new Error('no room'));
  for (let n = 0; n < 6; n++) {
    await write(n + 1);
    await expect(history.keep()).rejects.toThrow('no room');
  }
  file.write = writeMark;
  await history.keep();
  const { rows } = await sql<{ id: string }>`select id from mark order by n desc limit 1`.execute(db);
  expect(beside).toBe(rows[0]?.id);
  await join();
  expect(await epoch()).toBe('first');
});

test('[RS5] a database that has marks and lies beside none was carried here, and may be an old copy', async () => {
  await join();
  beside = null;
  await join();
  expect(await epoch()).not.toBe('first');
});

test('[RS5] a database that an older version left has no marks: beside one it is older, beside none it is at home', async () => {
  beside = 'of later';
  await join();
  expect(await epoch()).not.toBe('first');
});

test('[RS5] what says of itself that it is a backup gets a new epoch, and says so no more', async () => {
  await join();
  await db.updateTable('server').set({ copied: 1 }).execute();
  await join();
  const { epoch: taken, copied } = await readServer();
  expect([taken === 'first', copied]).toEqual([false, 0]);
  await join();
  expect(await epoch()).toBe(taken);
});
