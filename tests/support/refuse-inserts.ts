import { sql } from 'kysely';
import { isPostgres } from '../../src/server/db/engine.ts';
import type { Dependencies } from '../../src/server/dependencies.ts';

/**
 * Makes the database refuse new rows of a table, or the one with this id; in PostgreSQL with this SQLSTATE.
 * Returns what ends it.
 */
export async function refuseInserts(
  { db }: Pick<Dependencies, 'db'>,
  table: 'record' | 'receipt',
  { id, sqlstate }: { id?: string; sqlstate: string },
): Promise<() => Promise<void>> {
  const when = id === undefined ? sql`` : sql`when (new.id = ${sql.lit(id)})`;
  const on = sql.table(table);
  if (isPostgres(db)) {
    await sql`
      create function refuse() returns trigger language plpgsql as
      ${sql.lit(`begin raise exception 'refused' using errcode = '${sqlstate}'; end`)}`.execute(db);
    await sql`create trigger refuse before insert on ${on} for each row ${when} execute function refuse()`.execute(db);
    return async () => {
      await sql`drop trigger refuse on ${on}`.execute(db);
      await sql`drop function refuse()`.execute(db);
    };
  }
  await sql`create trigger refuse before insert on ${on} ${when} begin select raise(abort, 'refused'); end`.execute(db);
  return async () => {
    await sql`drop trigger refuse`.execute(db);
  };
}
