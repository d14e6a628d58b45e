import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql, type Kysely, type Transaction } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { faultKind } from './database-fault.ts';
import { inSharedSnapshot, inSharedTransaction } from './group-commit.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import type { Database } from './schema.ts';

let folder: string;
let db: Kysely<Database>;
/** Somebody else's connection: sees what is committed, and nothing before. */
let other: Kysely<Database>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-group-'));
  db = openDatabase(join(folder, 'doorstep.sqlite'));
  await migrate(db, 'epoch-1');
  other = openDatabase(join(folder, 'doorstep.sqlite'));
});
afterEach(async () => {
  await db.destroy();
  await other.destroy();
  await rm(folder, { recursive: true, force: true });
});

const insert = async (trx: Transaction<Database>, id: string, digest = ''): Promise<void> => {
  await trx.insertInto('space').values({ id, ver: 0, gc_ver: 0, digest }).execute();
};
const idsIn = async (from: Kysely<Database>): Promise<string[]> =>
  (await from.selectFrom('space').select('id').orderBy('id').execute()).map(({ id }) => id);

test('what comes at once shares one transaction, in the order in which it came, and sees what went before', async () => {
  const transactions = new Set<Transaction<Database>>();
  const seen = await Promise.all(
    ['a', 'b', 'c'].map((id) =>
      inSharedTransaction(db, async (trx) => {
        transactions.add(trx);
        await insert(trx, id);
        return idsIn(trx);
      }),
    ),
  );

  expect(transactions.size).toBe(1);
  expect(seen).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c']]);
});

test('nobody is answered before all of it is committed', async () => {
  const during: string[][] = [];
  const after = await Promise.all(
    ['a', 'b'].map(async (id) => {
      await inSharedTransaction(db, async (trx) => {
        await insert(trx, id);
        during.push(await idsIn(other));
      });
      return idsIn(other);
    }),
  );

  expect(during).toEqual([[], []]);
  expect(after).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
});

test('what fails is answered with its own error, and undoes nothing of the others', async () => {
  const failing = async (trx: Transaction<Database>): Promise<void> => {
    await insert(trx, 'half of it');
    throw new TypeError('mine');
  };
  const results = await Promise.allSettled([
    inSharedTransaction(db, (trx) => insert(trx, 'a')),
    inSharedTransaction(db, failing),
    inSharedTransaction(db, (trx) => insert(trx, 'a')),
    inSharedTransaction(db, (trx) => insert(trx, 'b')),
  ]);

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(results[1]).toMatchObject({ reason: { message: 'mine' } });
  expect(faultKind((results[2] as PromiseRejectedResult).reason)).toBe('lasting');
  expect(await idsIn(other)).toEqual(['a', 'b']);
});

test('what throws before it has asked anything is answered like any other', async () => {
  const results = await Promise.allSettled([
    inSharedTransaction(db, () => {
      throw new RangeError('at once');
    }),
    inSharedTransaction(db, (trx) => insert(trx, 'a')),
  ]);

  expect(results).toMatchObject([{ status: 'rejected', reason: { message: 'at once' } }, { status: 'fulfilled' }]);
  expect(await idsIn(other)).toEqual(['a']);
});

test('where the disk is too full for one, it takes the others: nothing of theirs was lost with it', async () => {
  const pages = await sql<{ page_count: number }>`pragma page_count`.execute(db);
  await sql`pragma max_page_count = ${sql.lit((pages.rows[0]?.page_count ?? 0) + 4)}`.execute(db);
  const results = await Promise.allSettled([
    inSharedTransaction(db, (trx) => insert(trx, 'a')),
    inSharedTransaction(db, (trx) => insert(trx, 'big', 'x'.repeat(1_000_000))),
    inSharedTransaction(db, (trx) => insert(trx, 'b')),
  ]);

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(faultKind((results[1] as PromiseRejectedResult).reason)).toBe('disk');
  expect(await idsIn(other)).toEqual(['a', 'b']);
});

test('a fault that shows only at the commit leaves nothing of whoever has it', async () => {
  const orphan = async (trx: Transaction<Database>): Promise<void> => {
    await sql`pragma defer_foreign_keys = on`.execute(trx);
    const session = { id: 's', token_hash: 's', member_id: 'nobody', device: '', created_at: 0, last_seen_at: 0 };
    await trx
      .insertInto('session')
      .values({ ...session, revoked_at: null })
      .execute();
  };
  const results = await Promise.allSettled([
    inSharedTransaction(db, (trx) => insert(trx, 'a')),
    inSharedTransaction(db, orphan),
  ]);

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await idsIn(other)).toEqual(['a']);
  expect(await other.selectFrom('session').selectAll().execute()).toEqual([]);
});

test('where no transaction begins, everybody hears of it and none of the work has run', async () => {
  await db.destroy();
  let ran = 0;
  const work = () => Promise.resolve(ran++);
  const results = await Promise.allSettled([inSharedTransaction(db, work), inSharedTransaction(db, work)]);

  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(ran).toBe(0);
});

test('what comes while a group is at work, or after one has failed, gets its turn', async () => {
  const late: Promise<void>[] = [];
  await inSharedTransaction(db, async (trx) => {
    late.push(inSharedTransaction(db, (next) => insert(next, 'late')));
    await insert(trx, 'a');
  });
  await Promise.all(late);
  await expect(inSharedTransaction(db, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await inSharedTransaction(db, (trx) => insert(trx, 'after'));

  expect(await idsIn(other)).toEqual(['a', 'after', 'late']);
});

test('where it takes long, those who have run are answered and whoever reads gets in before the others', async () => {
  const order: string[] = [];
  const slow = async (id: string): Promise<void> => {
    await inSharedTransaction(db, async (trx) => {
      await insert(trx, id);
      await new Promise((resolve) => setTimeout(resolve, 120));
    });
    order.push(id);
  };
  const group = ['a', 'b', 'c', 'd'].map(slow);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await idsIn(db);
  order.push('read');
  await Promise.all(group);

  expect(order.filter((one) => one !== 'read')).toEqual(['a', 'b', 'c', 'd']);
  expect(order.at(-1)).not.toBe('read');
  expect(await idsIn(other)).toEqual(['a', 'b', 'c', 'd']);
});

test('what reads at once reads one snapshot: nothing that another process writes meanwhile, and each has its own error', async () => {
  const snapshots = new Set<Transaction<Database>>();
  const read = async (trx: Transaction<Database>): Promise<string[]> => {
    snapshots.add(trx);
    const before = await idsIn(trx);
    await other.insertInto('space').values({ id: 'new', ver: 0, gc_ver: 0, digest: '' }).execute();
    return [...before, ...(await idsIn(trx))];
  };
  const [first, second] = await Promise.all([
    inSharedSnapshot(db, read),
    inSharedSnapshot(db, (trx) => {
      snapshots.add(trx);
      return idsIn(trx);
    }),
  ]);

  expect([first, second]).toEqual([[], []]);
  expect(snapshots.size).toBe(1);
  const later = await Promise.allSettled([
    inSharedSnapshot(db, () => Promise.reject(new Error('mine'))),
    inSharedSnapshot(db, idsIn),
  ]);
  expect(later).toMatchObject([
    { status: 'rejected', reason: { message: 'mine' } },
    { status: 'fulfilled', value: ['new'] },
  ]);
});

test('what is read at the end sees what all who share the transaction have written, and is not told before the commit', async () => {
  const during: string[][] = [];
  const seen = await Promise.all(
    ['a', 'b', 'c'].map((id) =>
      inSharedTransaction(
        db,
        async (trx) => {
          await insert(trx, id);
          return [id];
        },
        async (trx, own) => {
          during.push(await idsIn(other));
          return [...own, '', ...(await idsIn(trx))];
        },
      ),
    ),
  );

  expect(seen).toEqual(['a', 'b', 'c'].map((id) => [id, '', 'a', 'b', 'c']));
  expect(during).toEqual([[], [], []]);
});

test('what was read in a transaction that is rolled back is told to nobody: it is read again', async () => {
  const write = (id: string) => inSharedTransaction(db, (trx) => insert(trx, id).then((): string[] => []), idsIn);
  const failing = inSharedTransaction(
    db,
    (trx) => insert(trx, 'never'),
    () => Promise.reject(new Error('no')),
  );
  const [first, failed, second] = await Promise.allSettled([write('a'), failing, write('b')]);

  expect(failed).toMatchObject({ status: 'rejected', reason: { message: 'no' } });
  expect([first, second]).toMatchObject([{ value: ['a'] }, { value: ['a', 'b'] }]);
});

test('where the work took long nothing is read at the end: others wait for the transaction', async () => {
  const work = async (trx: Transaction<Database>): Promise<string[]> => {
    await insert(trx, 'a');
    await new Promise((resolve) => setTimeout(resolve, 150));
    return ['not read'];
  };

  expect(await inSharedTransaction(db, work, idsIn)).toEqual(['not read']);
  expect(await idsIn(other)).toEqual(['a']);
});
