import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Since when what is held lies nowhere else: the phone that wrote it was ended, and has let go of it. */
export const heldLetGo: Migration = {
  async up(db) {
    await db.schema.alterTable('held').addColumn('let_go_at', 'bigint').execute();
    await sql`update held set let_go_at = (
      select max(session.heard_at) from client join session on session.id = client.session_id where client.id = held.client
    )`.execute(db);
  },
};
