import { sql, type Transaction } from 'kysely';
import { isPostgres } from '../db/engine.ts';
import type { Database } from '../db/schema.ts';

/** What a phone comes with from a run before these is not known any more, and it begins anew. */
const KEPT_RUNS = 1000;

/**
 * Begins a run: from now on versions are given out under its name, and where each space stands is written down. Of
 * two histories that went on from the same database each has its own run, so that a version says of which it is. [RS6]
 */
export async function beginRun(trx: Transaction<Database>, id: string): Promise<void> {
  // Whatever is being written belongs to the run before, and must be seen here.
  if (isPostgres(trx)) await sql`lock table space in share mode`.execute(trx);
  const last = await trx
    .selectFrom('run')
    .select((eb) => eb.fn.max('n').as('n'))
    .executeTakeFirst();
  const n = (last?.n ?? 0) + 1;
  await trx.insertInto('run').values({ n, id }).execute();
  await sql`
    insert into run_space (space, run, ver)
    select space.id, cast(${n} as bigint), space.ver from space
    where space.ver <> coalesce(
      (select before.ver from run_space as before where before.space = space.id order by before.run desc limit 1), 0)`.execute(
    trx,
  );
  await trx.updateTable('server').set({ run: id }).where('id', '=', 1).execute();
  await forget(trx, n - KEPT_RUNS);
}

/** Of each space the last row before the oldest run that is kept still says where the space stood then. */
async function forget(trx: Transaction<Database>, upTo: number): Promise<void> {
  if (upTo <= 0) return;
  await trx.deleteFrom('run').where('n', '<=', upTo).execute();
  await sql`
    delete from run_space where exists (
      select 1 from run_space as later
      where later.space = run_space.space and later.run > run_space.run and later.run <= ${upTo + 1})`.execute(trx);
}
