import type { Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDependencies, type TestDependencies } from '../../../tests/support/test-dependencies.ts';
import type { Database } from '../db/schema.ts';
import { beginRun } from './begin-run.ts';
import { endOfRun } from './end-of-run.ts';

let deps: TestDependencies;
let db: Kysely<Database>;
beforeEach(async () => {
  deps = await createTestDependencies();
  db = deps.db;
});
afterEach(() => deps.close());

const begin = (id: string) => db.transaction().execute((trx) => beginRun(trx, id));
const end = (space: string, run: string) => db.transaction().execute((trx) => endOfRun(trx, space, run));
const stands = (id: string, ver: number) =>
  db
    .insertInto('space')
    .values({ id, ver, gc_ver: 0, digest: '0' })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ver }))
    .execute();

test('[RS6] a run ends where each space stands when the next one begins', async () => {
  await stands('grid:a', 3);
  await begin('run-0001');
  await stands('grid:a', 5);
  await stands('grid:b', 1);
  await begin('run-0002');
  await begin('run-0003');
  await stands('grid:a', 9);
  await begin('run-0004');

  expect(await end('grid:a', 'run-0001')).toBe(5);
  expect(await end('grid:b', 'run-0001')).toBe(1);
  expect(await end('grid:a', 'run-0002')).toBe(5);
  expect(await end('grid:a', 'run-0003')).toBe(9);
  expect(await end('grid:b', 'run-0003')).toBe(1);
  expect(await end('grid:c', 'run-0001')).toBe(0);
  expect(await end('grid:a', 'run-gone')).toBeNull();
});

test('a space that stands still is written down once', async () => {
  await stands('grid:a', 3);
  for (let n = 1; n <= 5; n++) await begin(`run-000${n}`);
  expect(await db.selectFrom('run_space').selectAll().execute()).toEqual([{ space: 'grid:a', run: 1, ver: 3 }]);
});

test('runs of long ago are forgotten, and what still says where a space stood is not', async () => {
  await stands('grid:still', 7);
  for (let n = 1; n <= 1010; n++) {
    if (n <= 5) await stands('grid:a', n);
    await begin(`run-${String(n).padStart(4, '0')}`);
  }
  expect(await end('grid:a', 'run-0010')).toBeNull();
  expect(await end('grid:a', 'run-0011')).toBe(5);
  expect(await end('grid:still', 'run-1009')).toBe(7);
  expect(await db.selectFrom('run_space').selectAll().execute()).toHaveLength(2);
});
