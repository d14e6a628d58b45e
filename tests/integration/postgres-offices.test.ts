import process from 'node:process';
import { sql, type Kysely } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../src/server/config.ts';
import { migrate } from '../../src/server/db/migrate.ts';
import { openPostgres } from '../../src/server/db/open-postgres.ts';
import type { Database } from '../../src/server/db/schema.ts';
import { explainStartFault } from '../../src/server/explain-start-fault.ts';
import { migrations } from '../../src/server/migrations/migrations.ts';
import { openStorage } from '../../src/server/open-storage.ts';
import { newDatabase } from '../support/postgres/new-database.ts';
import { startSampleProcess } from '../support/sample-process.ts';
import { until } from '../support/until.ts';

let database: Awaited<ReturnType<typeof newDatabase>>;
beforeEach(async () => {
  database = await newDatabase(process.env.TEST_POSTGRES_URL ?? '', { empty: true });
});
afterEach(() => database.drop());

const open = (schema: string) => openPostgres({ url: database.url, schema });

async function migrated(schema: string): Promise<string[]> {
  const db = open(schema);
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  await db.destroy();
  return rows.map(({ name }) => name);
}

test('processes that start at once on an empty database make its tables once, and all of them serve', async () => {
  const servers = await Promise.all([1, 2, 3].map(() => startSampleProcess({ DATABASE_URL: database.url })));
  const answers = await Promise.all(servers.map(({ url }) => fetch(`${url}/healthz`)));
  await Promise.all(servers.map((server) => server.kill()));

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await migrated('public')).toEqual(Object.keys(migrations));
});

async function locksAwaited(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted`.execute(db);
  return rows[0]?.count ?? 0;
}

test('whoever finds another one migrating waits for it, however long a lock may be waited for otherwise', async () => {
  const holder = open('public');
  const late = openPostgres({ url: `${database.url}?lock_timeout=50&statement_timeout=50`, schema: 'public' });
  await holder.connection().execute(async (db) => {
    // The number is Kysely's.
    await sql`select pg_advisory_lock(3853314791062309107)`.execute(db);
    let done = false;
    const waiting = migrate(late).then(() => (done = true));
    await until(async () => (await locksAwaited(db)) === 1, 'a second one that waits');
    // Longer than a lock may be waited for otherwise.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([done, await locksAwaited(db)]).toEqual([false, 1]);
    await sql`select pg_advisory_unlock(3853314791062309107)`.execute(db);
    await waiting;
  });
  const { rows } = await sql<{ lock_timeout: string }>`show lock_timeout`.execute(late);
  await Promise.all([holder.destroy(), late.destroy()]);

  expect(rows[0]?.lock_timeout).toBe('50ms');
  expect(await migrated('public')).toEqual(Object.keys(migrations));
});

test('whose address says nothing of it waits for no lock longer than SQLite does, and holds none for ever', async () => {
  const db = open('public');
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings
    where name in ('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout') order by name`.execute(
    db,
  );
  await db.destroy();

  expect(rows.map(({ name, setting }) => [name, setting])).toEqual([
    ['idle_in_transaction_session_timeout', '30000'],
    ['lock_timeout', '5000'],
    ['statement_timeout', '30000'],
  ]);
});

test('offices side by side, a schema each, share nothing', async () => {
  const [a, b] = [open('office_a'), open('office_b')];
  await migrate(a, 'epoch-a');
  await migrate(b, 'epoch-b');
  await migrate(a, 'epoch-of-a-second-start');
  await a.insertInto('space').values({ id: 'office', ver: 3, gc_ver: 0, digest: '' }).execute();
  const epochs = await Promise.all([a, b].map((db) => db.selectFrom('server').select('epoch').executeTakeFirst()));
  const spaces = await b.selectFrom('space').selectAll().execute();
  await Promise.all([a.destroy(), b.destroy()]);

  expect(epochs).toEqual([{ epoch: 'epoch-a' }, { epoch: 'epoch-b' }]);
  expect(spaces).toEqual([]);
  expect(await migrated('office_b')).toEqual(Object.keys(migrations));
});

test.each([
  [(url: URL) => (url.pathname = '/no_such'), 'There is no such database.', '3D000'],
  [(url: URL) => (url.port = '1'), 'PostgreSQL does not answer.', 'ECONNREFUSED'],
])(
  'a database that is not there stops the start with a sentence, and none of its address',
  async (spoil, words, code) => {
    const url = new URL(database.url);
    url.password = 'secret';
    spoil(url);
    const config = readConfig({ DATABASE_URL: url.href });
    const error: unknown = await openStorage(config, pino({ level: 'silent' })).catch((thrown: unknown) => thrown);
    const sentence = explainStartFault(error, config);

    expect(sentence).toContain(words);
    expect(sentence).toContain(code);
    expect(sentence).not.toContain('secret');
  },
);
