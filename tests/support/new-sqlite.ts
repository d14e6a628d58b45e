import { sql, type Kysely } from 'kysely';
import { migrate } from '../../src/server/db/migrate.ts';
import { openDatabase } from '../../src/server/db/open-database.ts';
import type { Database } from '../../src/server/db/schema.ts';

/** What the migrations leave behind, as statements that make it again. */
let made: Promise<string[]> | undefined;

/** A migrated database in memory. The migrations run once for all of a process: to repeat what they made is quicker. */
export async function newSqlite(epoch: string): Promise<Kysely<Database>> {
  made ??= statementsOf(':memory:');
  const statements = await made;
  const db = openDatabase(':memory:');
  await db.transaction().execute(async (trx) => {
    for (const text of statements) await sql.raw(text).execute(trx);
  });
  await db.updateTable('server').set({ epoch }).execute();
  return db;
}

async function statementsOf(file: string): Promise<string[]> {
  const db = openDatabase(file);
  await migrate(db, '');
  const found = await sql<{ type: string; name: string; text: string | null }>`
    select type, name, sql as text from sqlite_master order by rowid`.execute(db);
  const tables = found.rows.filter(({ type }) => type === 'table').map(({ name }) => name);
  const inserts = await Promise.all(tables.map((name) => insertsOf(db, name)));
  await db.destroy();
  // What guards the rows comes after them.
  const makes = (isGuard: boolean): string[] =>
    found.rows.flatMap(({ type, text }) => (text === null || (type === 'trigger') !== isGuard ? [] : [text]));
  return [...makes(false), ...inserts.flat(), ...makes(true)];
}

async function insertsOf(db: Kysely<Database>, table: string): Promise<string[]> {
  const { rows } = await sql<Record<string, string | number | null>>`select * from ${sql.table(table)}`.execute(db);
  return rows.map((row) => {
    const values = Object.values(row).map((value) => sql.lit(value));
    return sql`insert into ${sql.table(table)} values (${sql.join(values)})`.compile(db).sql;
  });
}
