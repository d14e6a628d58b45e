import { afterEach, beforeEach, expect, test } from 'vitest';
import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import type { Effect } from '../../src/domain/mutation/reaction.ts';
import type { SpaceId } from '../../src/domain/space/space.ts';
import { readAllowedSpaces } from '../../src/server/sync/allowed-spaces.ts';
import { inLockedSpaces, type LockedDesk } from '../../src/server/sync/in-locked-spaces.ts';
import { readStored } from '../../src/server/sync/read-record.ts';
import { readPlaces } from '../../src/server/sync/transaction-memory.ts';
import type { RecordKey } from '../../src/server/sync/workspace.ts';
import { bumpSpaces } from '../../src/server/sync/write-records.ts';
import { checkRecords } from '../../src/server/verify/check-records.ts';
import { addPlaces } from '../support/sample-world.ts';
import { createTestDependencies, onPostgres, type TestDependencies } from '../support/test-dependencies.ts';

const COMMUNITY = 'community:c1';
const GRID = { kind: 'grid', id: 'g1', space: COMMUNITY } as const;

let deps: TestDependencies;
let transactions: Set<unknown>;

beforeEach(async () => {
  deps = await createTestDependencies();
  await addPlaces(deps);
  transactions = new Set();
});
afterEach(() => deps.close());

function work<T>(space: SpaceId, run: (desk: LockedDesk) => Promise<T>): Promise<T> {
  return inLockedSpaces(deps, space, deps.now(), async (desk) => {
    transactions.add(desk.trx);
    return { result: await run(desk), alsoBump: new Set() };
  });
}

const write = (effect: Effect): Promise<void> =>
  work(effect.space, async ({ workspace }) => {
    await workspace.effect(effect);
    workspace.settle();
  });

const named = (name: string): Effect => ({ ...GRID, data: { name, isDefault: true } });
const large = (word: string): Effect => named(word.repeat(20_000));
const nameIn = async (db: Parameters<typeof readStored>[0], key: RecordKey = GRID): Promise<string | undefined> =>
  ((await readStored(db, key)).data as { name: string } | undefined)?.name.slice(0, 1);

const spaceRow = () => deps.db.selectFrom('space').select('ver').where('id', '=', COMMUNITY).executeTakeFirstOrThrow();

test('I23: whoever shares a transaction sees the places that were made in it before, and none before that', async () => {
  const grids = (): Promise<string[]> =>
    work('grid:g3', async ({ trx }) => Object.keys((await readPlaces(trx)).gridCommunity));
  const seen = await Promise.all([
    grids(),
    write({ space: COMMUNITY, kind: 'grid', id: 'g3', data: { name: '第三网格', isDefault: false } }),
    grids(),
  ]);

  if (!onPostgres()) {
    expect(transactions.size).toBe(1);
    expect(seen).toEqual([['g1', 'g2'], undefined, ['g1', 'g2', 'g3']]);
  }
  expect(await grids()).toEqual(['g1', 'g2', 'g3']);
});

test('whoever shares a transaction sees a record as it stands there, and what nobody wrote is read once', async () => {
  const read = () =>
    work('grid:g2', async ({ trx, workspace }) => {
      const seen = await workspace.read((tx) => tx.get(COMMUNITY, 'grid', 'g1')?.name);
      return { seen, stored: await readStored(trx, GRID) };
    });
  const [first, second, , third] = await Promise.all([read(), read(), write(named('新名')), read()]);

  expect(await nameIn(deps.db)).toBe('新');
  // There each has a transaction of its own, and any of them may be first.
  if (onPostgres()) return;
  expect(first.seen).not.toBe('新名');
  expect(transactions.size).toBe(1);
  expect(second.stored).toBe(first.stored);
  expect(third.seen).toBe('新名');
  expect(third.stored.ver).toBeGreaterThan(first.stored.ver);
});

test('the versions of spaces are those of the snapshot, each time', async () => {
  const versions = () =>
    deps.db.transaction().execute(async (trx) => {
      const actor = {
        kind: 'member',
        id: 'm1',
        name: '',
        roles: { ...NO_ROLES, admin: true },
        gridCommunity: {},
      } as const;
      const author = { memberId: 'm1', name: '', roles: actor.roles, actor, createdAt: 0, revoked: false };
      const [once, twice] = [await readAllowedSpaces(trx, author), await readAllowedSpaces(trx, author)];
      expect(twice).toEqual(once);
      return new Map(once.map(({ id, ver }) => [id, ver]));
    });
  const before = await versions();
  await write(named('新名'));

  expect((await versions()).get(COMMUNITY)).toBe((before.get(COMMUNITY) ?? 0) + 1);
});

test('PS12: each who writes a space in a shared transaction gives it a version of its own, and one that failed gives none', async () => {
  const before = await spaceRow();
  const another = (id: string): Effect => ({ ...named('丙'), id });
  const failing = work(COMMUNITY, async ({ trx, locked }) => {
    await bumpSpaces(trx, locked, new Set([COMMUNITY]));
    throw new Error('no');
  });
  const results = await Promise.allSettled([write(another('g7')), failing, write(another('g8')), write(named('新名'))]);

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect((await spaceRow()).ver).toBe(before.ver + 3);

  await Promise.all([write(another('g9')), write({ ...another('g7'), data: undefined })]);
  expect((await spaceRow()).ver).toBe(before.ver + 5);
  const checks = await deps.db.transaction().execute((trx) => checkRecords(trx, () => undefined));
  expect(checks.flatMap(({ examples }) => examples)).toEqual([]);
});

test('of a transaction that failed no place is remembered', async () => {
  const results = await Promise.allSettled([
    work(COMMUNITY, async ({ trx, workspace }) => {
      await readPlaces(trx);
      await workspace.effect({ space: COMMUNITY, kind: 'grid', id: 'g3', data: { name: '', isDefault: false } });
      workspace.settle();
      throw new Error('no');
    }),
    work('grid:g3', async ({ trx }) => Object.keys((await readPlaces(trx)).gridCommunity)),
  ]);

  expect(results).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: ['g1', 'g2'] }]);
});

test('a large record is parsed once, and read again when it has another version or is gone', async () => {
  await write(large('a'));
  const first = await readStored(deps.db, GRID);
  expect(await readStored(deps.db, GRID)).toBe(await readStored(deps.db, GRID));
  expect(first.ver).toBe((await readStored(deps.db, GRID)).ver);
  expect(Object.isFrozen(first.data)).toBe(true);

  await write(large('b'));
  expect(await nameIn(deps.db)).toBe('b');
  await write(named('c'));
  expect(await nameIn(deps.db)).toBe('c');
  await write({ ...GRID, data: undefined });
  expect(await readStored(deps.db, GRID)).toMatchObject({ data: undefined, text: null });
});

test('a large record that was rolled back is not remembered under the version that another gets', async () => {
  await write(named('a'));
  const words = ['b', 'c'];
  const rewrite = work(COMMUNITY, async ({ workspace }) => {
    await workspace.effect(large(words.shift() ?? 'd'));
    workspace.settle();
  });
  const read = work('grid:g2', ({ trx }) => nameIn(trx));
  const failing = work('grid:g1', () => Promise.reject(new Error('no')));
  await Promise.allSettled([rewrite, read, failing]);

  const stored = await deps.db
    .selectFrom('record')
    .select('data')
    .where('kind', '=', 'grid')
    .where('id', '=', 'g1')
    .executeTakeFirstOrThrow();
  expect((await readStored(deps.db, GRID)).text).toBe(stored.data);
  expect(await nameIn(deps.db)).toBe(onPostgres() ? 'b' : 'c');
});
