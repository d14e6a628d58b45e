import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { neededButNotStored } from '../photos/photo-rows.ts';
import { Finding, type Check } from './check.ts';

/** Photos of records whose bytes are not here. No fault: a phone that has them may still bring them. */
export async function checkAwaited(db: Kysely<Database>): Promise<Check> {
  const needed = await db
    .selectFrom('media_ref')
    .select(({ fn }) => fn.count('sha').distinct().as('count'))
    .executeTakeFirstOrThrow();
  const missing = (await neededButNotStored(db)).length;
  const finding = new Finding('photos that records need', '');
  finding.looked = Number(needed.count);
  if (missing > 0) finding.note = `${missing} still on phones, or lost`;
  return finding;
}
