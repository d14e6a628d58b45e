import type { Kysely } from 'kysely';
import type { Database, PhotoBringerTable } from '../db/schema.ts';
import type { Announced } from './photo-rows.ts';

export const readBringer = (
  db: Kysely<Database>,
  sha: string,
  memberId: string,
): Promise<PhotoBringerTable | undefined> =>
  db
    .selectFrom('photo_bringer')
    .selectAll()
    .where('sha', '=', sha)
    .where('member_id', '=', memberId)
    .executeTakeFirst();

const whoBrought = (db: Kysely<Database>, sha: string) =>
  db.selectFrom('photo_bringer').select('sha').where('sha', '=', sha).where('brought_at', 'is not', null).limit(1);

/** Whether anybody is known to have brought it. */
export const isBrought = async (db: Kysely<Database>, sha: string): Promise<boolean> =>
  (await whoBrought(db, sha).executeTakeFirst()) !== undefined;

/** Whether one of these members has brought all of the bytes: a reference counts by its author alone [PH4]. */
export async function haveBrought(db: Kysely<Database>, sha: string, members: readonly string[]): Promise<boolean> {
  if (members.length === 0) return false;
  return (await whoBrought(db, sha).where('member_id', 'in', members).executeTakeFirst()) !== undefined;
}

/** What a member brings or has brought that no record needs, in bytes and in number. */
export async function unreferencedOf(
  db: Kysely<Database>,
  memberId: string,
): Promise<{ bytes: number; count: number }> {
  const row = await db
    .selectFrom('photo_bringer')
    .select(({ fn }) => [fn.sum('size').as('bytes'), fn.countAll().as('count')])
    .where('member_id', '=', memberId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('media_ref').select('media_ref.sha').whereRef('media_ref.sha', '=', 'photo_bringer.sha'))),
    )
    .executeTakeFirst();
  return { bytes: Number(row?.bytes ?? 0), count: Number(row?.count ?? 0) };
}

/** This member begins to bring it, or begins anew as something else. */
export async function noteUpload(
  db: Kysely<Database>,
  { sha, type, length }: Announced,
  memberId: string,
): Promise<void> {
  const said = { type, size: length };
  await db
    .insertInto('photo_bringer')
    .values({ sha, member_id: memberId, ...said, brought_at: null })
    .onConflict((conflict) => conflict.columns(['sha', 'member_id']).doUpdateSet(said))
    .execute();
}

/** All of it has come from this member, or lies here and may be seen: from now on their word for it counts. */
export async function noteBrought(
  db: Kysely<Database>,
  { sha, type, size }: Pick<PhotoBringerTable, 'sha' | 'type' | 'size'>,
  memberId: string,
  now: number,
): Promise<void> {
  const brought = { type, size, brought_at: now };
  await db
    .insertInto('photo_bringer')
    .values({ sha, member_id: memberId, ...brought })
    .onConflict((conflict) => conflict.columns(['sha', 'member_id']).doUpdateSet(brought))
    .execute();
}

/** An upload of this member that came to nothing. What they had brought before stays said. */
export async function forgetUpload(db: Kysely<Database>, sha: string, memberId: string): Promise<void> {
  await db
    .deleteFrom('photo_bringer')
    .where('sha', '=', sha)
    .where('member_id', '=', memberId)
    .where('brought_at', 'is', null)
    .execute();
}

/** Uploads that nobody has gone on with since. */
export async function forgetUploads(db: Kysely<Database>, before: number): Promise<void> {
  await db
    .deleteFrom('photo_bringer')
    .where('brought_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('photo')
            .select('photo.sha')
            .whereRef('photo.sha', '=', 'photo_bringer.sha')
            .where('photo.touched_at', '>=', before),
        ),
      ),
    )
    .execute();
}

/** Who brings or has brought it, for what goes with the bytes. */
export const bringersOf = async (db: Kysely<Database>, sha: string): Promise<string[]> =>
  (await db.selectFrom('photo_bringer').select('member_id').where('sha', '=', sha).execute()).map(
    ({ member_id: memberId }) => memberId,
  );

export async function forgetBringers(db: Kysely<Database>, sha: string): Promise<void> {
  await db.deleteFrom('photo_bringer').where('sha', '=', sha).execute();
}
