import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** By what a phone whose storage was cleared is told from one that took a new number itself. */
export const clearedDevices: Migration = {
  async up(db) {
    await db.schema.alterTable('client').addColumn('follows', 'text').execute();
    await db.schema.alterTable('client').addColumn('left_aside_at', 'bigint').execute();
    // None of these says what it followed: a number that its phone gave up must not be told as lost.
    await sql`update client set left_aside_at = last_seen_at where exists (
      select 1 from client as later where later.session_id = client.session_id and later.first_seen_at > client.first_seen_at
    )`.execute(db);
  },
};
