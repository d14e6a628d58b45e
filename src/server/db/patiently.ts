import { sql, type Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** One connection of PostgreSQL, for its patience is its own: what reads or rebuilds all tables may take long. */
export const patiently = <T>(db: Kysely<Database>, run: (one: Kysely<Database>) => Promise<T>): Promise<T> =>
  db.connection().execute(async (one) => {
    await sql`set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`.execute(
      one,
    );
    try {
      return await run(one);
    } finally {
      await sql`reset statement_timeout; reset lock_timeout; reset idle_in_transaction_session_timeout`.execute(one);
    }
  });
