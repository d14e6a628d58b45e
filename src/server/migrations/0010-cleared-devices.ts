import type { Migration } from 'kysely/migration';

/** By what a phone whose storage was cleared is told from one that took a new number itself. */
export const clearedDevices: Migration = {
  async up(db) {
    await db.schema.alterTable('client').addColumn('follows', 'text').execute();
    await db.schema.alterTable('client').addColumn('left_aside_at', 'bigint').execute();
  },
};
