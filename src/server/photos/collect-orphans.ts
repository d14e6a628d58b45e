import type { Kysely } from 'kysely';
import { DAY_MS } from '../../domain/time/day-ms.ts';
import { isPostgres } from '../db/engine.ts';
import type { Database } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { logFault } from '../sync/log-fault.ts';
import { bringersOf, forgetBringers, forgetUploads } from './bringers.ts';
import { uploadName } from './partial-files.ts';
import { forgetPhoto, isUnheld, isUnreferenced } from './photo-rows.ts';

/** As long as a phone keeps what it has sent: so long, something may still come that needs the bytes. */
export const ORPHAN_DAYS = 30;
/** An upload that nobody has gone on with. The phone still has its bytes and begins anew. */
export const UNFINISHED_DAYS = 7;
/** A put takes seconds, on a machine that swaps minutes. */
const HALF_WRITTEN_MS = DAY_MS;
/** So that a long list never holds the server for long; the rest follows with the next round. */
const MAX_A_ROUND = 200;

/** Throws away bytes that nothing needs; answers how many. Never what a record or something held names. */
export async function collectOrphans(deps: Dependencies): Promise<number> {
  const { db, photos, now } = deps;
  const orphaned = now() - ORPHAN_DAYS * DAY_MS;
  const unfinished = now() - UNFINISHED_DAYS * DAY_MS;
  await photos.partials.sweep(unfinished);
  await sweepStore(deps);
  const rows = await db
    .selectFrom('photo')
    .select(['sha', 'touched_at'])
    .where(isUnreferenced)
    .where(isUnheld)
    .where((eb) =>
      eb.or([
        eb('touched_at', '<', orphaned),
        eb.and([eb('stored_at', 'is', null), eb('touched_at', '<', unfinished)]),
      ]),
    )
    .orderBy('touched_at')
    .limit(MAX_A_ROUND)
    .execute();
  let collected = 0;
  for (const { sha, touched_at: touchedAt } of rows) {
    if (deps.stopping.aborted) break;
    try {
      if (await photos.inTurn(sha, () => collect(deps, sha, touchedAt))) collected += 1;
    } catch (error) {
      logFault(deps.logger, 'a photo that nothing needs could not be thrown away', error);
    }
  }
  // Last: with a photo go the files of all who are bringing it.
  await forgetUploads(db, unfinished);
  return collected;
}

/** A store that does not answer holds up nothing else. */
async function sweepStore({ logger, photos, now }: Dependencies): Promise<void> {
  try {
    await photos.store.sweep(now() - HALF_WRITTEN_MS);
  } catch (error) {
    logFault(logger, 'what was left half written in the photo store could not be thrown away', error);
  }
}

/** First it is not here any more, then its bytes go, then its row: a crash in between leaves it to the next round. */
async function collect({ db, photos }: Dependencies, sha: string, touchedAt: number): Promise<boolean> {
  const still = await db
    .updateTable('photo')
    .set({ stored_at: null })
    .where('sha', '=', sha)
    .where('touched_at', '=', touchedAt)
    .where(isUnreferenced)
    .where(isUnheld)
    .executeTakeFirst();
  if (still.numUpdatedRows === 0n) return false;
  return holdingRow(db, sha, touchedAt, async (row) => {
    for (const memberId of await bringersOf(row, sha)) await photos.partials.discard(uploadName(sha, memberId));
    await photos.store.remove(sha);
    await forgetBringers(row, sha);
    await forgetPhoto(row, sha);
  });
}

/**
 * Another process that begins or ends an upload of the same bytes meanwhile waits for the row, and finds it gone: its
 * phone begins anew. SQLite has one process, where each hash has its turn. False where somebody has come in between.
 */
async function holdingRow(
  db: Kysely<Database>,
  sha: string,
  touchedAt: number,
  run: (db: Kysely<Database>) => Promise<void>,
): Promise<boolean> {
  const hold = async (held: Kysely<Database>): Promise<boolean> => {
    const row = await held
      .selectFrom('photo')
      .select('sha')
      .where('sha', '=', sha)
      .where('touched_at', '=', touchedAt)
      .where('stored_at', 'is', null)
      .$if(isPostgres(held), (one) => one.forUpdate())
      .executeTakeFirst();
    if (!row) return false;
    await run(held);
    return true;
  };
  return isPostgres(db) ? db.transaction().execute(hold) : hold(db);
}
