import type { Migration } from 'kysely/migration';

/** Where records have gone that moved to another grid with their building. */
export const recordHome: Migration = {
  async up(db) {
    await db.schema
      .createTable('record_home')
      .addColumn('from_space', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('to_space', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('record_home_pk', ['from_space', 'kind', 'id'])
      .execute();
    await db.schema.createIndex('record_home_record').on('record_home').columns(['kind', 'id']).execute();
  },
};
