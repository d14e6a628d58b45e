import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { migrate } from '../../../src/server/db/migrate.ts';
import { openPostgres } from '../../../src/server/db/open-postgres.ts';

const TEMPLATE = 'doorstep_template';

/** Migrates once for the whole run: a copy takes a sixth of the time. */
export async function makeTemplate(clusterUrl: string): Promise<void> {
  await ask(clusterUrl, `create database ${TEMPLATE}`);
  const db = openPostgres({ url: at(clusterUrl, TEMPLATE), schema: 'public' });
  await migrate(db);
  await db.destroy();
}

/** A database of its own for one test, migrated; or empty. */
export async function newDatabase(
  clusterUrl: string,
  { empty = false } = {},
): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await ask(clusterUrl, `create database ${name}${empty ? '' : ` template ${TEMPLATE} strategy file_copy`}`);
  return {
    url: at(clusterUrl, name),
    drop: () => ask(clusterUrl, `drop database ${name} with (force)`),
  };
}

function at(clusterUrl: string, database: string): string {
  const url = new URL(clusterUrl);
  url.pathname = `/${database}`;
  return url.href;
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
