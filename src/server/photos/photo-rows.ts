import { sql, type ExpressionBuilder, type Kysely } from 'kysely';
import type { MediaType } from '../../domain/photo/media.ts';
import type { Database, PhotoTable } from '../db/schema.ts';
import { holdsPhotos } from '../desk/held-open.ts';

/** What one upload is said to be. */
export interface Announced {
  sha: string;
  type: MediaType;
  length: number;
}

export const readPhoto = (db: Kysely<Database>, sha: string): Promise<PhotoTable | undefined> =>
  db.selectFrom('photo').selectAll().where('sha', '=', sha).executeTakeFirst();

/** No live record needs it. */
export const isUnreferenced = (eb: ExpressionBuilder<Database, 'photo'>) =>
  eb.not(eb.exists(eb.selectFrom('media_ref').select('media_ref.sha').whereRef('media_ref.sha', '=', 'photo.sha')));

/** Writes down that its bytes begin to come; where it is known as something else, it is that no longer. */
export async function announce(db: Kysely<Database>, { sha, type, length }: Announced, now: number): Promise<void> {
  const said = { type, size: length, touched_at: now };
  await db
    .insertInto('photo')
    .values({ sha, ...said, stored_at: null })
    .onConflict((conflict) => conflict.column('sha').doUpdateSet(said).where('photo.stored_at', 'is', null))
    .execute();
  // Somebody else has brought it already: it stays as it is, and stays here as long as this takes.
  await touchPhoto(db, sha, now);
}

export async function touchPhoto(db: Kysely<Database>, sha: string, now: number): Promise<void> {
  await db.updateTable('photo').set({ touched_at: now }).where('sha', '=', sha).execute();
}

/** False where its row has gone meanwhile: another process has thrown the bytes away. */
export async function markStored(
  db: Kysely<Database>,
  { sha, type, size }: Pick<PhotoTable, 'sha' | 'type' | 'size'>,
  now: number,
): Promise<boolean> {
  const stored = { type, size, touched_at: now, stored_at: now };
  const { numUpdatedRows } = await db.updateTable('photo').set(stored).where('sha', '=', sha).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets what is not here, unless somebody is bringing it. */
export async function forgetPhoto(db: Kysely<Database>, sha: string): Promise<void> {
  await db
    .deleteFrom('photo')
    .where('sha', '=', sha)
    .where('stored_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('photo_bringer').select('sha').where('sha', '=', sha))),
    )
    .execute();
}

/** Nothing that a coordinator decides over, or may again, names it. A hash is hex digits only: it means nothing to LIKE. */
export const isUnheld = (eb: ExpressionBuilder<Database, 'photo'>) =>
  eb.not(
    eb.exists(
      eb
        .selectFrom('held')
        .select('held.id')
        .where(holdsPhotos)
        .where('held.args', 'like', sql<string>`'%' || photo.sha || '%'`),
    ),
  );

/** What live records need and is not here: still on a phone, or lost. A round is the first of them behind a hash. */
export async function neededButNotStored(
  db: Kysely<Database>,
  round?: { after: string; limit: number },
): Promise<string[]> {
  let needed = db
    .selectFrom('media_ref')
    .leftJoin('photo', 'photo.sha', 'media_ref.sha')
    .select('media_ref.sha')
    .distinct()
    .where('photo.stored_at', 'is', null)
    .orderBy('media_ref.sha');
  if (round) needed = needed.where('media_ref.sha', '>', round.after).limit(round.limit);
  return (await needed.execute()).map(({ sha }) => sha);
}

/** Whose words that a coordinator decides over, or may again, name these bytes. */
export async function heldAuthors(db: Kysely<Database>, sha: string): Promise<string[]> {
  const named = db.selectFrom('held').select('member_id').distinct().where(holdsPhotos);
  return (await named.where('args', 'like', `%${sha}%`).execute()).map((row) => row.member_id);
}
