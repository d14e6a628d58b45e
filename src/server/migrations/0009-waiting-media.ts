import type { Migration } from 'kysely/migration';

/** How many photos and voice notes wait on a device, as it last said. */
export const waitingMedia: Migration = {
  async up(db) {
    for (const column of ['pending_media', 'pending_sounds']) {
      await db.schema
        .alterTable('client')
        .addColumn(column, 'bigint', (c) => c.notNull().defaultTo(0))
        .execute();
    }
  },
};
