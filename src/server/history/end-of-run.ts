import { sql, type Transaction } from 'kysely';
import type { Database } from '../db/schema.ts';

/** Which version a space had when a run ended that is over; null where no such run is known here. */
export async function endOfRun(trx: Transaction<Database>, space: string, run: string): Promise<number | null> {
  const { rows } = await sql<{ ver: number }>`
    select coalesce(
      (select ver from run_space where space = ${space} and run_space.run <= run.n + 1 order by run_space.run desc limit 1),
      0) as ver
    from run where id = ${run}`.execute(trx);
  return rows[0]?.ver ?? null;
}
