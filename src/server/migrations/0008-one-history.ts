import type { Migration } from 'kysely/migration';

/** By what a server knows whether the database before it is the one that it left: `src/server/history`. */
export const oneHistory: Migration = {
  async up(db) {
    await db.schema
      .alterTable('server')
      .addColumn('copied', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
    await db.schema
      .alterTable('server')
      .addColumn('run', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
    await db.schema
      .createTable('mark')
      .addColumn('n', 'bigint', (c) => c.primaryKey())
      .addColumn('id', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('stand')
      .addColumn('id', 'bigint', (c) => c.primaryKey())
      .addColumn('seen', 'text', (c) => c.notNull())
      .addColumn('written_by', 'text', (c) => c.notNull())
      .execute();
    await db.schema
      .createTable('run')
      .addColumn('n', 'bigint', (c) => c.primaryKey())
      .addColumn('id', 'text', (c) => c.notNull().unique())
      .execute();
    await db.schema
      .createTable('run_space')
      .addColumn('space', 'text', (c) => c.notNull())
      .addColumn('run', 'bigint', (c) => c.notNull())
      .addColumn('ver', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('run_space_pk', ['space', 'run'])
      .execute();
  },
};
