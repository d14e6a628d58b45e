import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Kysely } from 'kysely';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { prepareQuery } from './prepared-query.ts';
import type { Database } from './schema.ts';

let folder: string;
let db: Kysely<Database>;
/** Of another process. */
let other: Kysely<Database>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-turn-'));
  db = openDatabase(join(folder, 'doorstep.sqlite'));
  await migrate(db, 'epoch-1');
  other = openDatabase(join(folder, 'doorstep.sqlite'));
  await insert(other, { id: 'a' });
});
afterEach(async () => {
  await db.destroy();
  await other.destroy();
  await rm(folder, { recursive: true });
});

const insert = prepareQuery<{ id: string }>((to, arg) =>
  to.insertInto('space').values({ id: arg('id'), ver: 1, gc_ver: 0, digest: 'd' }),
);
const findAll = prepareQuery<Record<never, never>, { id: string }>((from) =>
  from.selectFrom('space').select('id').orderBy('id'),
);
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what is read in one turn is of one moment, and the next turn sees what others have written since', async () => {
  expect(findAll(db, {})).toEqual([{ id: 'a' }]);
  await insert(other, { id: 'b' });

  expect(findAll(db, {})).toEqual([{ id: 'a' }]);
  await nextTurn();
  expect(findAll(db, {})).toEqual([{ id: 'a' }, { id: 'b' }]);
});

test('what is written after a read is committed when it is answered, and is seen by the next read', async () => {
  expect(findAll(db, {})).toEqual([{ id: 'a' }]);
  expect(insert(db, { id: 'b' })).toEqual([]);
  expect(findAll(other, {})).toEqual([{ id: 'a' }, { id: 'b' }]);
  expect(findAll(db, {})).toEqual([{ id: 'a' }, { id: 'b' }]);

  await db.updateTable('space').set({ id: 'c' }).where('id', '=', 'b').execute();
  expect(await other.selectFrom('space').select('id').where('id', '=', 'c').execute()).toEqual([{ id: 'c' }]);
});

test('a transaction that begins in the same turn is its own', async () => {
  await findAll(db, {});
  await db.transaction().execute(async (trx) => insert(trx, { id: 'b' }));

  expect(await findAll(other, {})).toEqual([{ id: 'a' }, { id: 'b' }]);
});

test('a database is closed in the midst of a turn', async () => {
  await findAll(db, {});

  await db.destroy();
  await nextTurn();

  expect(await findAll(other, {})).toEqual([{ id: 'a' }]);
});
