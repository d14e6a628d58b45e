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

/** What a member has brought that no record needs, in bytes and in number. */
export async function unreferencedOf(
  db: Kysely<Database>,
  memberId: string,
): Promise<{ bytes: number; count: number }> {
  const row = await db
    .selectFrom('photo')
    .select(({ fn }) => [fn.sum('size').as('bytes'), fn.countAll().as('count')])
    .where('member_id', '=', memberId)
    .where(isUnreferenced)
    .executeTakeFirst();
  return { bytes: Number(row?.bytes ?? 0), count: Number(row?.count ?? 0) };
}

/** Writes down that its bytes begin to come; where it is known as something else, it is that no longer. */
export async function announce(
  db: Kysely<Database>,
  { sha, type, length }: Announced,
  memberId: string,
  now: number,
): Promise<void> {
  const said = { type, size: length, member_id: memberId, touched_at: now };
  await db
    .insertInto('photo')
    .values({ sha, ...said, stored_at: null })
    .onConflict((conflict) => conflict.column('sha').doUpdateSet(said).where('photo.stored_at', 'is', null))
    .execute();
}

export async function touchPhoto(db: Kysely<Database>, sha: string, now: number): Promise<void> {
  await db.updateTable('photo').set({ touched_at: now }).where('sha', '=', sha).execute();
}

/** False where its row has gone meanwhile: another process has thrown the bytes away. */
export async function markStored(db: Kysely<Database>, sha: string, now: number): Promise<boolean> {
  const stored = { touched_at: now, stored_at: now };
  const { numUpdatedRows } = await db.updateTable('photo').set(stored).where('sha', '=', sha).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets an upload whose bytes were thrown away. */
export async function forgetUpload(db: Kysely<Database>, sha: string): Promise<void> {
  await db.deleteFrom('photo').where('sha', '=', sha).where('stored_at', 'is', null).execute();
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

/** Does a live record, or something over which a coordinator decides, need these bytes? */
export async function isNeeded(db: Kysely<Database>, sha: string): Promise<boolean> {
  const ref = await db.selectFrom('media_ref').select('sha').where('sha', '=', sha).limit(1).executeTakeFirst();
  return ref !== undefined || isHeld(db, sha);
}

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

/** Does something that a coordinator decides over, or may again, of this member or of anyone, name these bytes? */
export async function isHeld(db: Kysely<Database>, sha: string, memberId?: string): Promise<boolean> {
  let named = db.selectFrom('held').select('id').where(holdsPhotos).where('args', 'like', `%${sha}%`);
  if (memberId !== undefined) named = named.where('member_id', '=', memberId);
  return (await named.limit(1).executeTakeFirst()) !== undefined;
}
