import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { sql } from 'kysely';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../src/server/config.ts';
import { openPostgres } from '../../src/server/db/open-postgres.ts';
import { explainStartFault } from '../../src/server/explain-start-fault.ts';
import { openStorage } from '../../src/server/open-storage.ts';
import { newDatabase } from '../support/postgres/new-database.ts';
import { addPlaces } from '../support/sample-world.ts';
import { createTestDependencies } from '../support/test-dependencies.ts';

const cluster = process.env.TEST_POSTGRES_URL ?? '';
let database: { url: string; drop(): Promise<void> };

beforeEach(async () => {
  database = await newDatabase(cluster);
});
afterEach(() => database.drop());

async function ask<R extends object>(url: string, statement: string): Promise<R[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<R>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** What a start says; null: it came up. */
async function start(url: string): Promise<string | null> {
  const config = readConfig({ DATABASE_URL: url });
  try {
    const storage = await openStorage(config, pino({ level: 'silent' }));
    await storage.close();
    return null;
  } catch (error) {
    return explainStartFault(error, config);
  }
}

test('a PostgreSQL that is read-only stops the start with a sentence', async () => {
  expect(await start(database.url)).toBeNull();
  const name = new URL(database.url).pathname.slice(1);
  await ask(cluster, `alter database ${name} set default_transaction_read_only = on`);
  expect(await start(database.url)).toMatch(/is read-only.*25006/);
});

test('a PostgreSQL one of whose pages is damaged stops the start, before anything is written', async () => {
  const office = await createTestDependencies();
  await addPlaces(office);
  // Of a copy by files no page is in memory yet: what lies on the disk is what is read.
  await office.db.destroy();
  const source = new URL(office.databaseUrl ?? '').pathname.slice(1);
  const copy = `${source}_damaged`;
  await ask(cluster, `create database ${copy} template ${source} strategy file_copy`);
  const url = new URL(cluster);
  url.pathname = copy;
  try {
    const [place] = await ask<{ folder: string; oid: string }>(
      cluster,
      `select current_setting('data_directory') as folder, oid from pg_database where datname = '${copy}'`,
    );
    const [file] = await ask<{ node: string }>(
      office.databaseUrl ?? '',
      `select pg_relation_filenode('record') as node`,
    );
    const path = join(place?.folder ?? '', 'base', String(place?.oid), String(file?.node));
    const { size } = await stat(path);
    const handle = await open(path, 'r+');
    await handle.write(Buffer.alloc(64, 0xa5), 0, 64, size - 200);
    await handle.close();
    expect(await start(url.href)).toMatch(/its files are damaged.*XX001/);
    const db = openPostgres({ url: url.href, schema: 'public' });
    const { rows } = await sql<{ runs: number }>`select count(*) as runs from run`.execute(db);
    await db.destroy();
    expect(rows).toEqual([{ runs: 0 }]);
  } finally {
    await ask(cluster, `drop database ${copy} with (force)`);
    await ask(cluster, `drop database ${source} with (force)`);
  }
});
