import { sql, type Kysely, type Transaction } from 'kysely';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import { beginRun } from './begin-run.ts';
import type { History, HistoryTools } from './history.ts';
import type { MarkFile } from './mark-file.ts';
import { isBackup, takeNewEpoch, tellNewEpoch, type Doubt } from './new-epoch.ts';

/** A crash between database and file leaves the mark before the last one there: it must still be known. */
const KEPT = 4;

/**
 * Joins the history of a SQLite file, or leaves it for a new epoch. Marks are set in the database first, then beside it:
 * a database that does not know the one beside it is older than what has run here.
 */
export async function joinByMarks(db: Kysely<Database>, file: MarkFile, tools: HistoryTools): Promise<History> {
  const beside = await file.read();
  const doubt = await db.transaction().execute(async (trx) => {
    const found = await doubtOf(trx, beside);
    if (found) await takeNewEpoch(trx, tools.newEpoch());
    await beginRun(trx, tools.newName());
    return found;
  });
  if (doubt) tellNewEpoch(tools.logger, doubt);
  let written: number | null = null;
  // Set in the database and not yet beside it: another one before it is there would push out the one that is.
  let half: string | null = null;
  const keep = async () => {
    if (half === null) {
      if ((await countWritten(db)) === written) return;
      half = tools.newName();
      await addMark(db, half);
      written = await countWritten(db);
    }
    await file.write(half);
    half = null;
  };
  await keep();
  return { keep, end: keep };
}

async function doubtOf(trx: Transaction<Database>, beside: string | null): Promise<Doubt | null> {
  if (await isBackup(trx)) return 'backup';
  const marks = await trx.selectFrom('mark').select('id').execute();
  if (beside !== null) return marks.some(({ id }) => id === beside) ? null : 'older';
  // Nothing tells a database that has moved with its machine from an old copy of one that runs on elsewhere.
  return marks.length > 0 ? 'carried' : null;
}

const findLast = prepareQuery<Record<string, never>, { n: number | null }>((db) =>
  db.selectFrom('mark').select((eb) => eb.fn.max('n').as('n')),
);
const insertMark = prepareQuery<{ n: number; id: string }>((db, arg) =>
  db.insertInto('mark').values({ n: arg('n'), id: arg('id') }),
);
const deleteMarks = prepareQuery<{ upTo: number }>((db, arg) => db.deleteFrom('mark').where('n', '<=', arg('upTo')));

async function addMark(db: Kysely<Database>, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const [last] = await findLast(trx, {});
    const n = (last?.n ?? 0) + 1;
    await insertMark(trx, { n, id });
    await deleteMarks(trx, { upTo: n - KEPT });
  });
}

const findWritten = prepareQuery<Record<string, never>, { n: number }>((db) =>
  db.selectNoFrom(sql<number>`total_changes()`.as('n')),
);

/** Rows that this process has written: nobody else writes here. */
async function countWritten(db: Kysely<Database>): Promise<number> {
  const [row] = await findWritten(db, {});
  return row?.n ?? 0;
}
