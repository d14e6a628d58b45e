import { sql, type Transaction } from 'kysely';
import { isPostgres } from '../db/engine.ts';
import type { Database } from '../db/schema.ts';

/** A copy brings rows of every version at once, which the triggers of the one path refuse: they stand aside for it. */
export async function besideTheOnePath(trx: Transaction<Database>, work: () => Promise<void>): Promise<void> {
  if (isPostgres(trx)) {
    await sql`alter table record disable trigger record_on_one_path`.execute(trx);
    await work();
    await sql`alter table record enable trigger record_on_one_path`.execute(trx);
    return;
  }
  const guards = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_schema where type = 'trigger' and tbl_name = 'record'`.execute(trx);
  for (const { name } of guards.rows) await sql`drop trigger ${sql.id(name)}`.execute(trx);
  await work();
  for (const guard of guards.rows) await sql.raw(guard.sql).execute(trx);
}
