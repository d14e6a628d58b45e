import { sql, type Kysely, type Transaction } from 'kysely';
import type { Database } from '../db/schema.ts';
import { beginRun } from './begin-run.ts';
import type { History, HistoryTools } from './history.ts';
import { isBackup, takeNewEpoch, tellNewEpoch, type Doubt } from './new-epoch.ts';

/**
 * Joins the history of a PostgreSQL, or leaves it for a new epoch: of several processes that come at once the first
 * does so, and the others find it done. Looks again for as long as the process runs: a standby may take over under it.
 */
export async function joinByStand(db: Kysely<Database>, tools: HistoryTools): Promise<History> {
  let started = await look(db, tools, null);
  return {
    async keep() {
      started = await look(db, tools, started);
    },
    end: () => Promise.resolve(),
  };
}

/** Answers when this PostgreSQL was started. Since it was, it may be another: a run begins with each. */
async function look(db: Kysely<Database>, tools: HistoryTools, before: string | null): Promise<string> {
  const { doubt, started } = await db.transaction().execute(async (trx) => {
    await sql`set local lock_timeout = '30s'`.execute(trx);
    const here = await whereItStands(trx);
    if (here.started === before && (await doubtOf(trx, here.stand)) === null) return { doubt: null, ...here };
    await trx.selectFrom('server').select('id').where('id', '=', 1).forUpdate().execute();
    // Another process may have seen to it while this one waited.
    const doubt = await doubtOf(trx, here.stand);
    if (doubt) await takeNewEpoch(trx, tools.newEpoch());
    if (doubt || !(await isKnown(trx))) await writeDown(trx, here.stand);
    await beginRun(trx, tools.newName());
    return { doubt, ...here };
  });
  if (doubt) tellNewEpoch(tools.logger, doubt);
  return started;
}

interface Here {
  stand: string;
  started: string;
}

/**
 * The cluster, the line of its log (another after each time that a standby took over, or that it was taken back to an
 * earlier moment), the database, the table itself. Whoever owns a database may ask for all of it, unless it was taken
 * from everybody: then the rest has to do.
 */
async function whereItStands(trx: Transaction<Database>): Promise<Here> {
  const cluster = (await may(trx, 'pg_control_system()'))
    ? sql`(select system_identifier::text from pg_control_system())`
    : sql`''`;
  const line = (await may(trx, 'pg_walfile_name(pg_lsn)'))
    ? sql`left(pg_walfile_name(pg_current_wal_lsn()), 8)`
    : sql`''`;
  const { rows } = await sql<Here>`
    select concat_ws('/', ${cluster}, ${line},
        (select oid from pg_database where datname = current_database()), to_regclass('stand')::oid) as stand,
      pg_postmaster_start_time()::text as started`.execute(trx);
  if (!rows[0]) throw new Error('PostgreSQL does not say where it stands');
  return rows[0];
}

async function may(trx: Transaction<Database>, name: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select has_function_privilege(${name}, 'execute') as yes`.execute(trx);
  return rows[0]?.yes === true;
}

const readStand = async (trx: Transaction<Database>) =>
  (
    await sql<{ seen: string; written_by: string; xmin: string }>`
    select seen, written_by, xmin::text as xmin from stand where id = 1`.execute(trx)
  ).rows[0];

const isKnown = async (trx: Transaction<Database>): Promise<boolean> => (await readStand(trx)) !== undefined;

async function doubtOf(trx: Transaction<Database>, stand: string): Promise<Doubt | null> {
  if (await isBackup(trx)) return 'backup';
  const before = await readStand(trx);
  if (!before) return null;
  if (before.seen !== stand) return 'moved';
  return before.xmin === before.written_by ? null : 'written';
}

async function writeDown(trx: Transaction<Database>, stand: string): Promise<void> {
  await trx.deleteFrom('stand').execute();
  await sql`
    insert into stand (id, seen, written_by) values (1, ${stand}, pg_current_xact_id()::xid::text)`.execute(trx);
}
