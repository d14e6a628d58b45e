import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Kysely } from 'kysely';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { prepareQuery } from './prepared-query.ts';
import type { Database } from './schema.ts';

let db: Kysely<Database>;
let built = 0;

beforeEach(async () => {
  db = openDatabase(':memory:');
  await migrate(db, 'epoch-1');
});
afterEach(() => db.destroy());

const insert = prepareQuery<{ id: string; ver: number }>((to, arg) =>
  to.insertInto('space').values({ id: arg('id'), ver: arg('ver'), gc_ver: 0, digest: 'd' }),
);
const find = prepareQuery<{ above: number; ver: number }, { id: string; digest: string }>((from, arg) => {
  built += 1;
  const rows = from.selectFrom('space').select(['id', 'digest']).where('ver', '>', arg('above'));
  return rows.where('ver', '<=', arg('ver')).orderBy('id');
});

const among = prepareQuery<{ ids: readonly string[]; ver: number }, { id: string }>((from, arg) => {
  built += 1;
  const rows = from.selectFrom('space').select('id').where('id', 'in', arg('ids'));
  return rows.where('ver', '=', arg('ver')).orderBy('id');
});

test('is built once for each power of two in the length of a list, and never kept for a long one', async () => {
  for (const id of ['a', 'b', 'c']) await insert(db, { id, ver: 1 });
  const long = Array.from({ length: 513 }, (_, n) => `none ${n}`);
  built = 0;

  expect(await among(db, { ids: ['a', 'c', 'none'], ver: 1 })).toEqual([{ id: 'a' }, { id: 'c' }]);
  expect(await among(db, { ids: ['none', 'no', 'never', 'b'], ver: 1 })).toEqual([{ id: 'b' }]);
  expect(built).toBe(1);
  expect(await among(db, { ids: ['c'], ver: 1 })).toEqual([{ id: 'c' }]);
  expect(await among(db, { ids: [...long, 'b'], ver: 1 })).toEqual([{ id: 'b' }]);
  expect(await among(db, { ids: [...long, 'c'], ver: 1 })).toEqual([{ id: 'c' }]);
  expect(built).toBe(4);
});

test('is built once for a database, and asked each time with what it is given', async () => {
  built = 0;
  await insert(db, { id: 'a', ver: 1 });
  await db.transaction().execute(async (trx) => insert(trx, { id: 'b', ver: 2 }));

  expect(await find(db, { above: 0, ver: 2 })).toEqual([
    { id: 'a', digest: 'd' },
    { id: 'b', digest: 'd' },
  ]);
  expect(await find(db, { above: 1, ver: 2 })).toEqual([{ id: 'b', digest: 'd' }]);
  expect(await db.transaction().execute(async (trx) => find(trx, { above: 0, ver: 1 }))).toEqual([
    { id: 'a', digest: 'd' },
  ]);
  expect(built).toBe(1);
});

test('SQLite answers it at once, in a transaction too', async () => {
  expect(insert(db, { id: 'a', ver: 1 })).toEqual([]);
  await db.transaction().execute((trx) => {
    expect(find(trx, { above: 0, ver: 1 })).toEqual([{ id: 'a', digest: 'd' }]);
    return Promise.resolve();
  });
});

test('whoever is outside of the transaction that is open waits, and sees nothing of one that was rolled back', async () => {
  let outside: unknown;
  const failing = db.transaction().execute(async (trx) => {
    await insert(trx, { id: 'a', ver: 1 });
    outside = find(db, { above: 0, ver: 1 });
    await new Promise(setImmediate);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');

  expect(outside).toBeInstanceOf(Promise);
  expect(await outside).toEqual([]);
});
