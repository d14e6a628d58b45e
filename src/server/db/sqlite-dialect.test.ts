import { DatabaseSync, constants } from 'node:sqlite';
import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';

const SCHEMA = 'create table space (id text primary key, ver bigint not null)';

/** How often SQLite compiles a statement while it is asked twice: it asks an authorizer as often as it compiles. */
function compiledWhenAsked(text: string): number {
  const raw = new DatabaseSync(':memory:');
  raw.exec(SCHEMA);
  const statement = raw.prepare(text);
  let compiled = 0;
  raw.setAuthorizer((action) => {
    if (action === constants.SQLITE_SELECT) compiled += 1;
    return constants.SQLITE_OK;
  });
  // The new authorizer itself makes it compile once more.
  statement.all(2);
  compiled = 0;
  for (const limit of [3, 4]) statement.all(limit);
  raw.close();
  return compiled;
}

test('a query with a limit is compiled once, whatever the limit', async () => {
  const db = openDatabase(':memory:');
  const { sql } = db.selectFrom('space').select('ver').orderBy('id').limit(3).compile();
  await db.destroy();

  expect(compiledWhenAsked(sql)).toBe(0);
  expect(compiledWhenAsked('select ver from space order by id limit ?')).toBe(2);
});

test('a migration is made whole or not at all', async () => {
  const db = openDatabase(':memory:');
  const half = {
    async up(unmade: typeof db): Promise<void> {
      await unmade.schema.createTable('half').addColumn('id', 'text').execute();
      throw new Error('the power went');
    },
  };
  const provider = { getMigrations: () => Promise.resolve({ half }) };

  const { error } = await new Migrator({ db, provider }).migrateToLatest();

  expect(error).toMatchObject({ message: 'the power went' });
  expect((await db.introspection.getTables()).map(({ name }) => name)).not.toContain('half');
  await db.destroy();
});
