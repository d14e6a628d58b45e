import { sql, type Kysely } from 'kysely';
import type { Logger } from 'pino';
import { TABLES } from '../backup/tables.ts';
import { patiently } from './patiently.ts';
import type { Database } from './schema.ts';

/**
 * Reads every row of ours once, before anything is written: PostgreSQL throws where a page does not fit its checksum, is
 * none, or is not there (XX001, XX002, 58P01, 58030). It takes as long as it takes to read the tables. What it cannot tell:
 * an index that does not fit its table, and a page that is wrong in itself where no checksums are kept.
 */
export async function inspectPostgres(db: Kysely<Database>, logger: Logger): Promise<void> {
  // Another process may be bringing the tables up to date.
  await patiently(db, async (one) => {
    const { rows } = await sql<{ data_checksums: string }>`show data_checksums`.execute(one);
    if (rows[0]?.data_checksums !== 'on') logger.warn('PostgreSQL keeps no checksums: damage may go unseen');
    for (const table of TABLES) if (await isThere(one, table)) await readThrough(one, table);
  });
}

/** Of an older version some are missing; of what another program keeps beside ours nothing is read. */
async function isThere(db: Kysely<Database>, table: string): Promise<boolean> {
  const { rows } = await sql<{ yes: boolean }>`select to_regclass(${table}) is not null as yes`.execute(db);
  return rows[0]?.yes === true;
}

/** As text, so that long values are fetched from where they lie too. Nothing of it comes here. */
const readThrough = (db: Kysely<Database>, table: string) =>
  sql`select sum(length(t::text)) from ${sql.table(table)} as t`.execute(db);
