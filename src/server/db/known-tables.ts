import { sql, type Kysely } from 'kysely';
import { migrations } from '../migrations/migrations.ts';
import type { Database } from './schema.ts';
import { StorageDamage } from './storage-damage.ts';

/** What an older program does to tables that it does not know cannot be told. */
export function requireKnownMigrations(done: readonly string[], file: string | null): void {
  if (done.some((name) => !(name in migrations))) throw new StorageDamage('newer', file);
}

/** The migrations that a PostgreSQL has seen, none where it is empty; throws where one is of a later version. */
export async function requireKnownTables(db: Kysely<Database>): Promise<string[]> {
  const there = await sql<{ yes: boolean }>`select to_regclass('kysely_migration') is not null as yes`.execute(db);
  if (!there.rows[0]?.yes) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  const done = rows.map(({ name }) => name);
  requireKnownMigrations(done, null);
  return done;
}
