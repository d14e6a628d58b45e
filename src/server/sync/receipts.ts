import type { Kysely, Transaction } from 'kysely';
import type { Receipt } from '../../protocol/sync-messages.ts';
import { isPostgres } from '../db/engine.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';

/** The client under which residents, timers, imports and accounts write. No phone can name itself so: its id is not empty. */
export const DIRECT = '';

const COLUMNS = [
  'receipt.seq',
  'receipt.mid',
  'receipt.status',
  'receipt.code',
  'receipt.data',
  'receipt.ver',
] as const;

type Row = { seq: number; mid: string; status: string; code: string; data: string; ver: number };

const toReceipt = ({ data, status, ...rest }: Row): Receipt => ({
  ...rest,
  status: status as Receipt['status'],
  data: JSON.parse(data) as Receipt['data'],
});

const findLastSeq = prepareQuery<{ client: string; space: string }, { last_seq: number }>((db, arg) =>
  db
    .selectFrom('client_space')
    .select('last_seq')
    .where('client', '=', arg('client'))
    .where('space', '=', arg('space')),
);

export async function readLastSeq(db: Kysely<Database>, client: string, space: string): Promise<number> {
  const [row] = await findLastSeq(db, { client, space });
  return row?.last_seq ?? 0;
}

const findBefore = prepareQuery<{ client: string; space: string; before: number; limit: number }, Row>((db, arg) =>
  db
    .selectFrom('receipt')
    .select(COLUMNS)
    .where('client', '=', arg('client'))
    .where('space', '=', arg('space'))
    .where('seq', '<', arg('before'))
    .orderBy('seq', 'desc')
    .limit(arg('limit')),
);

/** Most pulls want none or a few; who begins a space anew wants all. */
const FIRST_LOOK = 8;
const WIDER = 8;

/** A client's receipts of a space from the last one back, at least until one is of `ver` or older: it falls with the seq. */
async function readBack(db: Kysely<Database>, client: string, space: string, ver: number): Promise<Row[]> {
  const found: Row[] = [];
  for (let limit = FIRST_LOOK; ; limit *= WIDER) {
    const before = found.at(-1)?.seq ?? Number.MAX_SAFE_INTEGER;
    const rows = await findBefore(db, { client, space, before, limit });
    for (const row of rows) found.push(row);
    const last = rows.at(-1);
    if (!last || rows.length < limit || last.ver <= ver) return found;
  }
}

/** Up to which seq a client's mutations are in the space as of a version. */
export async function readLastSeqAt(db: Kysely<Database>, client: string, space: string, ver: number): Promise<number> {
  const rows = await readBack(db, client, space, ver);
  return rows.find((row) => row.ver <= ver)?.seq ?? 0;
}

/** A client's receipts of a space in the versions (after, upTo], by seq. */
export async function readReceipts(
  db: Kysely<Database>,
  client: string,
  space: string,
  after: number,
  upTo: number,
): Promise<Receipt[]> {
  const rows = await readBack(db, client, space, after);
  return rows
    .filter(({ ver }) => ver > after && ver <= upTo)
    .reverse()
    .map(toReceipt);
}

export async function readReceiptsOfSeqs(
  trx: Transaction<Database>,
  client: string,
  space: string,
  seqs: readonly number[],
): Promise<Map<number, Receipt>> {
  if (seqs.length === 0) return new Map();
  const rows = await trx
    .selectFrom('receipt')
    .select(COLUMNS)
    .where('client', '=', client)
    .where('space', '=', space)
    .where('seq', 'in', seqs)
    .execute();
  return new Map(rows.map((row) => [row.seq, toReceipt(row)]));
}

const findOfMids = prepareQuery<{ member: string; space: string; mids: readonly string[] }, Row>((db, arg) =>
  db
    .selectFrom('receipt')
    .innerJoin('client', 'client.id', 'receipt.client')
    .select(COLUMNS)
    .where('client.member_id', '=', arg('member'))
    .where('receipt.space', '=', arg('space'))
    .where('receipt.mid', 'in', arg('mids')),
);

/** What became of these mutations under any client of the member: a renumbered queue is not run twice. */
export async function readReceiptsOfMids(
  trx: Transaction<Database>,
  memberId: string,
  space: string,
  mids: readonly string[],
): Promise<Map<string, Receipt>> {
  if (mids.length === 0) return new Map();
  const rows = await findOfMids(trx, { member: memberId, space, mids });
  return new Map(rows.map((row) => [row.mid, toReceipt(row)]));
}

export async function findDirectReceipt(
  trx: Transaction<Database>,
  space: string,
  mid: string,
): Promise<Receipt | undefined> {
  const row = await trx
    .selectFrom('receipt')
    .select(COLUMNS)
    .where('client', '=', DIRECT)
    .where('space', '=', space)
    .where('mid', '=', mid)
    .executeTakeFirst();
  return row && toReceipt(row);
}

const ROWS = 50;

type NewRow = Row & { client: string; space: string; at: number };

const insertRow = prepareQuery<NewRow>((db, arg) =>
  db.insertInto('receipt').values({
    client: arg('client'),
    space: arg('space'),
    seq: arg('seq'),
    mid: arg('mid'),
    status: arg('status'),
    code: arg('code'),
    data: arg('data'),
    ver: arg('ver'),
    at: arg('at'),
  }),
);

/** To PostgreSQL each statement is a way; SQLite takes them one by one from a prepared one. */
async function insertRows(trx: Transaction<Database>, rows: readonly NewRow[]): Promise<void> {
  if (rows.length > 1 && isPostgres(trx)) {
    for (let from = 0; from < rows.length; from += ROWS) {
      await trx
        .insertInto('receipt')
        .values(rows.slice(from, from + ROWS))
        .execute();
    }
  } else {
    for (const row of rows) await insertRow(trx, row);
  }
}

const writeLastSeq = prepareQuery<{ client: string; space: string; seq: number }>((db, arg) =>
  db
    .insertInto('client_space')
    .values({ client: arg('client'), space: arg('space'), last_seq: arg('seq') })
    .onConflict((conflict) =>
      conflict.columns(['client', 'space']).doUpdateSet((eb) => ({ last_seq: eb.ref('excluded.last_seq') })),
    ),
);

/** Stores new receipts, whose seqs follow the client's last one, and moves the last one on. */
export async function insertReceipts(
  trx: Transaction<Database>,
  client: string,
  space: string,
  receipts: readonly Receipt[],
  now: number,
): Promise<void> {
  const last = receipts.at(-1);
  if (!last) return;
  const rows = receipts.map((receipt) => ({
    client,
    space,
    ...receipt,
    data: JSON.stringify(receipt.data),
    at: now,
  }));
  await insertRows(trx, rows);
  await writeLastSeq(trx, { client, space, seq: last.seq });
}
