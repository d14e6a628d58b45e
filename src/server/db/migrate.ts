import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from '../migrations/migrations.ts';
import { isPostgres } from './engine.ts';
import { patiently } from './patiently.ts';
import type { Database } from './schema.ts';

/**
 * Brings the tables to the newest shape, or throws. Several processes may start at once: one does it, the others wait.
 * A new database gets its epoch here: phones begin their caches anew when they meet another one.
 */
export async function migrate(db: Kysely<Database>, epoch: string = randomUUID()): Promise<void> {
  if (isPostgres(db)) await patiently(db, migratePostgres);
  else await migrateToLatest(db);
  await db
    .insertInto('server')
    .values({ id: 1, epoch, setup_token_hash: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A migration, or the wait for another process's, may take long. */
async function migratePostgres(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ search_path: string }>`show search_path`.execute(db);
  // Named, or the tables of another office in the same database would be taken for ours.
  await migrateToLatest(db, rows[0]?.search_path);
}

async function migrateToLatest(db: Kysely<Database>, migrationTableSchema?: string): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error } = await new Migrator({ db, provider, migrationTableSchema }).migrateToLatest();
  if (error) throw error;
}
