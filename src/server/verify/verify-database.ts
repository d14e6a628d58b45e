import { sql, type Kysely } from 'kysely';
import { isPostgres } from '../db/engine.ts';
import type { Database } from '../db/schema.ts';
import { checkReceipts } from './check-receipts.ts';
import { checkRecords } from './check-records.ts';
import { Finding, RESTORE_ADVICE, type Check } from './check.ts';
import { Derived } from './check-derived.ts';

/** Recomputes what a database says of itself, in one snapshot; the server may run meanwhile. */
export const verifyDatabase = (db: Kysely<Database>, now: number): Promise<Check[]> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const derived = new Derived();
      const pages = isPostgres(trx) ? [] : [await checkPages(trx)];
      const records = await checkRecords(trx, derived.note);
      return [...pages, ...records, ...(await checkReceipts(trx)), ...(await derived.check(trx, now))];
    });

/** What SQLite itself says: every page, every index against its table. */
async function checkPages(db: Kysely<Database>): Promise<Check> {
  const finding = new Finding('pages and indexes of the file', RESTORE_ADVICE);
  const size = await sql<{ page_count: number }>`pragma page_count`.execute(db);
  finding.looked = size.rows[0]?.page_count ?? 0;
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(20)`.execute(db);
  for (const { integrity_check: word } of rows) if (word !== 'ok') finding.fault(word.split('\n')[0] ?? '');
  return finding;
}
