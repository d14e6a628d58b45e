import type { Migration } from 'kysely/migration';

/** Which session a device came with last, and what became of one that was reported lost. */
export const lostDevices: Migration = {
  async up(db) {
    await db.schema.alterTable('client').addColumn('session_id', 'text').execute();
    await db.schema.alterTable('session').addColumn('lost_by', 'text').execute();
    await db.schema.alterTable('session').addColumn('heard_at', 'bigint').execute();
  },
};
