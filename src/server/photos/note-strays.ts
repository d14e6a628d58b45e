import { DAY_MS } from '../../domain/time/day-ms.ts';
import type { Dependencies } from '../dependencies.ts';
import { ORPHAN_DAYS } from './collect-orphans.ts';

/** The store is listed by the first two digits of its hashes: a sixteenth of it each hour, all of it in a day. */
const PARTS = 256;
const A_ROUND = 16;

/**
 * Writes down what has lain in the store for long and no row knows: what came after the backup that was restored, and was
 * never wanted again. From then on it goes as every photo that nothing needs, and stays where something does. Answers how
 * many there were, and with which part the next round begins.
 */
export async function noteStrays(deps: Dependencies, from = 0): Promise<{ noted: number; next: number }> {
  let noted = 0;
  const marks = await deps.photos.store.mark(await officeName(deps));
  // Each would throw away what only the other knows.
  if (marks.length > 1) {
    deps.logger.warn('the photo store belongs to several offices: nothing in it is looked through');
    return { noted, next: from };
  }
  for (let part = from; part < from + A_ROUND && !deps.stopping.aborted; part++) {
    noted += await notePart(deps, part.toString(16).padStart(2, '0'));
  }
  if (noted > 0) deps.logger.info({ noted }, 'photos in the store that no row knows');
  return { noted, next: (from + A_ROUND) % PARTS };
}

async function notePart({ db, photos, now }: Dependencies, start: string): Promise<number> {
  const before = now() - ORPHAN_DAYS * DAY_MS;
  const old = (await photos.store.list(start)).filter(({ putAt }) => putAt < before);
  if (old.length === 0) return 0;
  const rows = await db
    .selectFrom('photo')
    .select('sha')
    .where('sha', '>=', start)
    .where('sha', '<', `${start}g`)
    .execute();
  const known = new Set(rows.map(({ sha }) => sha));
  const strays = old.filter(({ sha }) => !known.has(sha));
  for (const { sha, size } of strays) {
    // Not stored: nobody has verified it. Who needs it has it looked at then. [PH14]
    await db
      .insertInto('photo')
      .values({ sha, type: '', size, touched_at: now(), stored_at: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return strays.length;
}

/** One that outlives a restore, and that no other office has. */
async function officeName({ db, newId }: Dependencies): Promise<string> {
  await db.updateTable('server').set({ office: newId() }).where('id', '=', 1).where('office', '=', '').execute();
  const { office } = await db.selectFrom('server').select('office').where('id', '=', 1).executeTakeFirstOrThrow();
  return office;
}
