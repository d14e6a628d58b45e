import type { Migration } from 'kysely/migration';

/** How often what was sent back was taken up again: each decision is told to its author. */
export const reopenedHeld: Migration = {
  async up(db) {
    await db.schema
      .alterTable('held')
      .addColumn('reopened', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
  },
};
