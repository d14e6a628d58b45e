import { randomUUID } from 'node:crypto';
import { Migrator, type Kysely } from 'kysely';
import { migrations } from '../migrations/migrations.ts';
import type { Database } from './schema.ts';

/**
 * Brings the tables to the newest shape, or throws.
 * A new database gets its epoch here: phones begin their caches anew when they meet another one.
 */
export async function migrate(db: Kysely<Database>, epoch: string = randomUUID()): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
  await db
    .insertInto('server')
    .values({ id: 1, epoch, setup_token_hash: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
