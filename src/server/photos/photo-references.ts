import type { Kysely } from 'kysely';
import { handsFor } from '../../domain/photo/media-hands.ts';
import { mediaOf, type WithMedia } from '../../domain/photo/media-of.ts';
import type { Database } from '../db/schema.ts';

/** A live record of this space names the bytes, and by whose hand. */
export interface PhotoReference {
  space: string;
  byId: string;
}

/** Which live records name these bytes; the hand stands in the record alone. */
export async function referencesTo(db: Kysely<Database>, sha: string): Promise<PhotoReference[]> {
  const records = await db
    .selectFrom('media_ref')
    .innerJoin('record', (on) =>
      on
        .onRef('record.space', '=', 'media_ref.space')
        .onRef('record.kind', '=', 'media_ref.kind')
        .onRef('record.id', '=', 'media_ref.id'),
    )
    .select(['record.space', 'record.data'])
    .where('media_ref.sha', '=', sha)
    .where('record.deleted', '=', 0)
    .execute();
  return records.flatMap(({ space, data }) =>
    mediaOf(JSON.parse(data) as WithMedia)
      .flatMap((one) => handsFor(one, sha))
      .map(({ byId }) => ({ space, byId })),
  );
}
