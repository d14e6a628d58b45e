import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { pino } from 'pino';
import { sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPostgres } from '../../src/server/db/open-postgres.ts';
import type { Database } from '../../src/server/db/schema.ts';
import { joinByStand } from '../../src/server/history/stand.ts';
import { makeTemplate, newDatabase } from '../support/postgres/new-database.ts';
import { startCluster } from '../support/postgres/start-cluster.ts';
import { startSampleProcess, type SampleProcess } from '../support/sample-process.ts';

const PROCESSES = 4;
const CLUSTER = process.env.TEST_POSTGRES_URL ?? '';

let url: string;
let drops: (() => Promise<void>)[];
const servers: SampleProcess[] = [];
beforeEach(async () => {
  const place = await newDatabase(CLUSTER);
  url = place.url;
  drops = [place.drop];
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.kill();
  for (const drop of drops) await drop();
});

async function asked<T>(work: (db: Kysely<Database>) => Promise<T>, at = url): Promise<T> {
  const db = openPostgres({ url: at, schema: 'public' });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

const epochAt = (at = url) =>
  asked(async (db) => (await db.selectFrom('server').select('epoch').executeTakeFirstOrThrow()).epoch, at);

/** How a process joins, and what the log says of a doubt. */
function watched() {
  const doubts: string[] = [];
  const logger = pino({ base: null }, { write: (line) => doubts.push((JSON.parse(line) as { doubt: string }).doubt) });
  const newName = () => randomUUID().slice(0, 8);
  return { doubts, join: (db: Kysely<Database>) => joinByStand(db, { logger, newEpoch: randomUUID, newName }) };
}

/** So many processes come at once; what their logs say. */
async function joinTogether(at = url): Promise<string[]> {
  const { doubts, join } = watched();
  await Promise.all(Array.from({ length: PROCESSES }, () => asked(join, at)));
  return doubts;
}

test('several processes that start at once, and start again, keep the epoch; each begins a run', async () => {
  const epoch = await epochAt();
  const start = () => Promise.all(Array.from({ length: PROCESSES }, () => startSampleProcess({ DATABASE_URL: url })));
  servers.push(...(await start()));
  expect(await epochAt()).toBe(epoch);
  for (const server of servers.splice(0)) await server.kill();
  servers.push(...(await start()));

  expect(await epochAt()).toBe(epoch);
  const runs = await asked((db) => db.selectFrom('run').select(['n', 'id']).orderBy('n').execute());
  expect(runs.map(({ n }) => n)).toEqual(Array.from({ length: 2 * PROCESSES }, (_, n) => n + 1));
  expect(new Set(runs.map(({ id }) => id)).size).toBe(2 * PROCESSES);
}, 60_000);

test('[RS5] in a copy of the database several processes that start at once take one new epoch together', async () => {
  await joinTogether();
  const epoch = await epochAt();
  const copy = new URL(url);
  copy.pathname += '_copy';
  const [name, from] = [copy.pathname.slice(1), new URL(url).pathname.slice(1)];
  await asked((db) => sql`create database ${sql.id(name)} template ${sql.id(from)}`.execute(db), CLUSTER);
  drops.push(() => asked((db) => sql`drop database ${sql.id(name)}`.execute(db), CLUSTER).then(() => undefined));

  expect(await joinTogether(copy.href)).toEqual(['moved']);
  const taken = await epochAt(copy.href);
  expect(taken).not.toBe(epoch);
  expect(await joinTogether(copy.href)).toEqual([]);
  expect(await epochAt(copy.href)).toBe(taken);
  expect(await joinTogether()).toEqual([]);
  expect(await epochAt()).toBe(epoch);
});

test('[RS5] rows that were written anew, as from a dump, get a new epoch, and no cleaning of tables does', async () => {
  await joinTogether();
  const epoch = await epochAt();
  await asked(async (db) => {
    for (const how of ['vacuum freeze', 'vacuum full']) await sql.raw(`${how} stand`).execute(db);
  });
  expect(await joinTogether()).toEqual([]);

  await asked((db) =>
    db.transaction().execute(async (trx) => {
      const rows = await trx.selectFrom('stand').selectAll().execute();
      await trx.deleteFrom('stand').execute();
      await trx.insertInto('stand').values(rows).execute();
    }),
  );
  expect(await joinTogether()).toEqual(['written']);
  expect(await epochAt()).not.toBe(epoch);
  expect(await joinTogether()).toEqual([]);
});

test('[RS5] a backup that came into the tables beside npm run restore gets a new epoch', async () => {
  await joinTogether();
  const epoch = await epochAt();
  await asked((db) => db.updateTable('server').set({ copied: 1 }).execute());

  expect(await joinTogether()).toEqual(['backup']);
  expect(await epochAt()).not.toBe(epoch);
});

test('[RS5] under a running process a restart of PostgreSQL begins a run, and one on a new timeline a new epoch', async () => {
  const cluster = await startCluster();
  try {
    await makeTemplate(cluster.url);
    const place = await newDatabase(cluster.url);
    const { doubts, join } = watched();
    await asked(async (db) => {
      const history = await join(db);
      const server = () => db.selectFrom('server').select(['epoch', 'run']).executeTakeFirstOrThrow();
      const first = await server();
      await history.keep();
      expect(await server()).toEqual(first);

      await cluster.restart('sameTimeline');
      await history.keep();
      const second = await server();
      expect([second.epoch, second.run === first.run]).toEqual([first.epoch, false]);
      await history.keep();
      expect(await server()).toEqual(second);

      await cluster.restart('newTimeline');
      await history.keep();
      const third = await server();
      expect(doubts).toEqual(['moved']);
      expect(third.epoch).not.toBe(first.epoch);
      await history.keep();
      expect(await server()).toEqual(third);
    }, place.url);
  } finally {
    await cluster.stop();
  }
});
