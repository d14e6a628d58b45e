import { PostgresAdapter, type Kysely } from 'kysely';

/** The few statements that the two engines do not share ask for this. */
export const isPostgres = (db: Pick<Kysely<unknown>, 'getExecutor'>): boolean =>
  db.getExecutor().adapter instanceof PostgresAdapter;
