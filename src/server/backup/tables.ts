import { sql, type Selectable, type Transaction } from 'kysely';
import { isPostgres } from '../db/engine.ts';
import type { Database } from '../db/schema.ts';

export type TableName = keyof Database;
export type RowOf<T extends TableName> = Selectable<Database[T]>;

/** Every table of an office, children after parents as foreign keys want it. The compiler names one that is missing. */
const ORDER: Record<TableName, number> = {
  server: 0,
  space: 1,
  record: 2,
  member: 3,
  session: 4,
  invitation: 5,
  reveal: 6,
  client: 7,
  client_space: 8,
  receipt: 9,
  held: 10,
  record_home: 11,
  slip_code: 12,
  claim_due: 13,
  photo: 14,
  media_ref: 15,
  proof_failure: 16,
  mark: 17,
  stand: 18,
  run: 19,
  run_space: 20,
  photo_bringer: 21,
};
export const TABLES = (Object.keys(ORDER) as TableName[]).sort((a, b) => ORDER[a] - ORDER[b]);

const ROWS = 500;

/** The rows of a table, a few hundred at a time: an office does not fit in memory. */
export async function* rowsOf<T extends TableName>(trx: Transaction<Database>, table: T): AsyncIterable<RowOf<T>[]> {
  if (!isPostgres(trx))
    return yield* inBatches(trx.selectFrom(table).selectAll().stream(ROWS) as AsyncIterable<RowOf<T>>);
  const cursor = sql.id(`rows_of_${table}`);
  await sql`declare ${cursor} no scroll cursor for select * from ${sql.table(table)}`.execute(trx);
  for (;;) {
    const { rows } = await sql<RowOf<T>>`fetch ${sql.lit(ROWS)} from ${cursor}`.execute(trx);
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS) break;
  }
  await sql`close ${cursor}`.execute(trx);
}

async function* inBatches<R>(rows: AsyncIterable<R>): AsyncIterable<R[]> {
  let batch: R[] = [];
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** All rows of all tables from one database into another one, whose tables are empty. */
export async function copyTables(from: Transaction<Database>, to: Transaction<Database>): Promise<void> {
  for (const table of TABLES) {
    for await (const rows of rowsOf(from, table)) {
      await to
        .insertInto(table)
        .values(rows as never)
        .execute();
    }
  }
}
