import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which tombstones are old is looked for each hour; nothing else needs the age of a record. */
export const tombstonesByAge: Migration = {
  async up(db) {
    await sql`create index record_gone on record (updated_at) where deleted = 1`.execute(db);
  },
};
