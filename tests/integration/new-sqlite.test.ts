import { sql, type Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { migrate } from '../../src/server/db/migrate.ts';
import { openDatabase } from '../../src/server/db/open-database.ts';
import type { Database } from '../../src/server/db/schema.ts';
import { newSqlite } from '../support/new-sqlite.ts';

async function contentsOf(db: Kysely<Database>): Promise<unknown> {
  const shape = await sql<{
    type: string;
    name: string;
  }>`select type, name, sql from sqlite_master order by name`.execute(db);
  const tables = shape.rows.filter(({ type }) => type === 'table');
  const rows = await Promise.all(tables.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(db)));
  return [shape.rows, rows.map((each) => each.rows.length), await db.selectFrom('server').selectAll().execute()];
}

test('it is what the migrations make, with an epoch of its own', async () => {
  const migrated = openDatabase(':memory:');
  await migrate(migrated, 'epoch-7');
  const copied = await newSqlite('epoch-7');

  const [theirs, ours] = [await contentsOf(migrated), await contentsOf(copied)];

  expect(ours).toEqual(theirs);
  await migrated.destroy();
  await copied.destroy();
});
