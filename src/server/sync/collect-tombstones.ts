import type { Transaction } from 'kysely';
import type { SpaceId } from '../../domain/space/space.ts';
import { DAY_MS } from '../../domain/time/day-ms.ts';
import { isPostgres } from '../db/engine.ts';
import { inSharedTransaction } from '../db/group-commit.ts';
import type { Database } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { lockSpaces } from './lock-spaces.ts';

/** A phone that slept for longer fetches its spaces anew [PL7]. */
export const TOMBSTONE_DAYS = 180;
/** So that a long list never holds a space for long; the rest follows with the next round. */
const MAX_A_ROUND = 500;

/** Throws away tombstones that were written before `before`, in milliseconds of this clock; answers how many it found. */
export async function collectTombstones(
  { db, now }: Pick<Dependencies, 'db' | 'now'>,
  before = now() - TOMBSTONE_DAYS * DAY_MS,
): Promise<number> {
  const oldest = await db
    .selectFrom('record')
    .select(['space', 'ver', 'kind', 'id'])
    .where('deleted', '=', 1)
    .where('updated_at', '<', before)
    .orderBy('updated_at')
    .limit(MAX_A_ROUND)
    .execute();
  const spaces = Map.groupBy(oldest, ({ space }) => space);
  for (const [space, rows] of spaces) {
    const work = (trx: Transaction<Database>): Promise<void> => collectIn(trx, space, rows);
    await (isPostgres(db) ? db.transaction().execute(work) : inSharedTransaction(db, work));
  }
  return oldest.length;
}

type Gone = Record<'kind' | 'id', string> & { ver: number };

/** Under the space's lock: a pull of the same moment sees the tombstones, or that they are gone. */
async function collectIn(trx: Transaction<Database>, space: SpaceId, rows: readonly Gone[]): Promise<void> {
  await lockSpaces(trx, new Set([space]));
  let last = 0;
  for (const { kind, id, ver } of rows) {
    const { numDeletedRows } = await trx
      .deleteFrom('record')
      .where('space', '=', space)
      .where('kind', '=', kind)
      .where('id', '=', id)
      // Written again meanwhile, it is another one.
      .where('ver', '=', ver)
      .executeTakeFirst();
    if (numDeletedRows > 0n) last = Math.max(last, ver);
  }
  await trx.updateTable('space').set({ gc_ver: last }).where('id', '=', space).where('gc_ver', '<', last).execute();
}
