import type { Kysely } from 'kysely';
import { mediaOf, shasOfMedia, type WithMedia } from '../../domain/photo/media-of.ts';
import { SHA } from '../../domain/photo/media-args.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Session } from '../auth/session.ts';
import { decidesOverPhoto } from '../desk/held-repository.ts';
import { readAllowedSpaces } from '../sync/allowed-spaces.ts';
import type { Database } from '../db/schema.ts';
import { readAuthor } from '../sync/author.ts';
import { isHeld } from './photo-rows.ts';

/**
 * Does a record that this member may hold need these bytes, or something held over which this member decides? To know a
 * hash opens nothing.
 */
export async function maySeePhoto({ db }: Dependencies, session: Session, sha: string): Promise<boolean> {
  const author = await readAuthor(db, session);
  const refs = await db.selectFrom('media_ref').select('space').distinct().where('sha', '=', sha).execute();
  if (refs.length > 0) {
    const allowed = await readAllowedSpaces(db, author);
    if (refs.some(({ space }) => allowed.some(({ id }) => id === space))) return true;
  }
  return !author.revoked && decidesOverPhoto(db, author.actor, sha);
}

/** Whoever is signed in; whoever was, for what of theirs is held or stands in a record. [RV1] */
export const mayBringPhoto = async ({ db }: Dependencies, session: Session, sha: string): Promise<boolean> =>
  !session.revoked ||
  (SHA.test(sha) && ((await isInRecordBy(db, session.memberId, sha)) || (await isHeld(db, sha, session.memberId))));

/** Was it this member who put it into a live record? Also where it is here already: else its phone kept it for ever. */
async function isInRecordBy(db: Kysely<Database>, memberId: string, sha: string): Promise<boolean> {
  const records = await db
    .selectFrom('media_ref')
    .innerJoin('record', (on) =>
      on
        .onRef('record.space', '=', 'media_ref.space')
        .onRef('record.kind', '=', 'media_ref.kind')
        .onRef('record.id', '=', 'media_ref.id'),
    )
    .select('record.data')
    .where('media_ref.sha', '=', sha)
    .where('record.deleted', '=', 0)
    .execute();
  return records.some(({ data }) =>
    mediaOf(JSON.parse(data) as WithMedia).some((one) => one.byId === memberId && shasOfMedia(one).includes(sha)),
  );
}
