import type { Migration } from 'kysely/migration';

/** By which a photo store knows whose photos it has. */
export const officeName: Migration = {
  async up(db) {
    await db.schema
      .alterTable('server')
      .addColumn('office', 'text', (c) => c.notNull().defaultTo(''))
      .execute();
  },
};
