import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { contentHash, digestAdd, EMPTY_DIGEST } from '../../protocol/digest.ts';
import type { Database } from '../db/schema.ts';

/**
 * The digest of a space covers what its rows say, not their versions alone: reckoned anew from the records, a space at
 * a time. Phones find that theirs no longer fits and fetch the space again, once.
 */
export const contentDigest: Migration = {
  async up(db: Kysely<Database>) {
    for (const { id: space } of await db.selectFrom('space').select('id').execute()) {
      const rows = await db
        .selectFrom('record')
        .select(['kind', 'id', 'ver', 'data'])
        .where('space', '=', space)
        .where('deleted', '=', 0)
        .execute();
      const digest = rows.reduce(
        (sum, { data, ...row }) => digestAdd(sum, { ...row, content: contentHash(data) }),
        EMPTY_DIGEST,
      );
      await db.updateTable('space').set({ digest }).where('id', '=', space).execute();
    }
  },
};
