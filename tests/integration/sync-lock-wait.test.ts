import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/server/db/open-database.ts';
import { openPostgres } from '../../src/server/db/open-postgres.ts';
import type { Database } from '../../src/server/db/schema.ts';
import { inLockedSpaces } from '../../src/server/sync/in-locked-spaces.ts';
import { lockSpaces } from '../../src/server/sync/lock-spaces.ts';
import { createTestDependencies, onPostgres, type TestDependencies } from '../support/test-dependencies.ts';

const SPACE = 'grid:g1';
const TIMEOUT_MS = 200;

let folder: string;
let deps: TestDependencies;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorstep-lock-wait-'));
  deps = await createTestDependencies(onPostgres() ? {} : { file: join(folder, 'doorstep.sqlite') });
});
afterEach(async () => {
  await deps.close();
  await rm(folder, { recursive: true });
});

/** Another process over the same database, which waits no longer than this for a lock. */
async function openImpatient(): Promise<Kysely<Database>> {
  if (deps.databaseUrl) {
    return openPostgres({ url: `${deps.databaseUrl}?lock_timeout=${TIMEOUT_MS}`, schema: 'public' });
  }
  const db = openDatabase(join(folder, 'doorstep.sqlite'));
  await sql.raw(`pragma busy_timeout = ${TIMEOUT_MS}`).execute(db);
  return db;
}

/** Holds the lock until it is told to let go. */
async function holdLock(): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<undefined>();
  const end = Promise.withResolvers<undefined>();
  const holding = deps.db.transaction().execute(async (trx) => {
    await lockSpaces(trx, new Set([SPACE]));
    held.resolve(undefined);
    await end.promise;
  });
  await held.promise;
  return () => {
    end.resolve(undefined);
    return holding;
  };
}

const write = (db = deps.db): Promise<string> =>
  inLockedSpaces({ ...deps, db }, SPACE, deps.now(), () => Promise.resolve({ result: 'done', alsoBump: new Set() }));

async function waits(): Promise<{ count: number; seconds: number }> {
  const { values } = await deps.metrics.lockWait.get();
  const of = (end: string): number => values.find(({ metricName }) => metricName?.endsWith(end))?.value ?? 0;
  return { count: of('_count'), seconds: of('_sum') };
}

test('a wait for the lock of a space is counted as long as it was', async () => {
  const letGo = await holdLock();
  const writing = write();
  await sleep(TIMEOUT_MS);
  await letGo();
  expect(await writing).toBe('done');
  const { count, seconds } = await waits();
  expect(count).toBe(1);
  expect(seconds).toBeGreaterThan((TIMEOUT_MS - 20) / 1000);
});

test('a wait that ends without the lock is counted too', async () => {
  const impatient = await openImpatient();
  const letGo = await holdLock();
  await expect(write(impatient)).rejects.toThrow();
  await letGo();
  const { count, seconds } = await waits();
  expect(count).toBe(1);
  expect(seconds).toBeGreaterThan((TIMEOUT_MS - 20) / 1000);
  expect(await write(impatient)).toBe('done');
  expect((await waits()).count).toBe(2);
  await impatient.destroy();
});
