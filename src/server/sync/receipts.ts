import type { Kysely, Transaction } from 'kysely';
import type { Receipt } from '../../protocol/sync-messages.ts';
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

export async function readLastSeq(db: Kysely<Database>, client: string, space: string): Promise<number> {
  const row = await db
    .selectFrom('client_space')
    .select('last_seq')
    .where('client', '=', client)
    .where('space', '=', space)
    .executeTakeFirst();
  return row?.last_seq ?? 0;
}

/** Up to which seq a client's mutations are in the space as of a version. */
export async function readLastSeqAt(db: Kysely<Database>, client: string, space: string, ver: number): Promise<number> {
  const row = await db
    .selectFrom('receipt')
    .select('seq')
    .where('client', '=', client)
    .where('space', '=', space)
    .where('ver', '<=', ver)
    .orderBy('ver', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** A client's receipts of a space in the versions (after, upTo]. */
export async function readReceipts(
  db: Kysely<Database>,
  client: string,
  space: string,
  after: number,
  upTo: number,
): Promise<Receipt[]> {
  const rows = await db
    .selectFrom('receipt')
    .select(COLUMNS)
    .where('client', '=', client)
    .where('space', '=', space)
    .where('ver', '>', after)
    .where('ver', '<=', upTo)
    .orderBy('ver')
    .orderBy('seq')
    .execute();
  return rows.map(toReceipt);
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

/** What became of these mutations under any client of the member: a renumbered queue is not run twice. */
export async function readReceiptsOfMids(
  trx: Transaction<Database>,
  memberId: string,
  space: string,
  mids: readonly string[],
): Promise<Map<string, Receipt>> {
  if (mids.length === 0) return new Map();
  const rows = await trx
    .selectFrom('receipt')
    .innerJoin('client', 'client.id', 'receipt.client')
    .select(COLUMNS)
    .where('client.member_id', '=', memberId)
    .where('receipt.space', '=', space)
    .where('receipt.mid', 'in', mids)
    .execute();
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
  for (let from = 0; from < receipts.length; from += ROWS) {
    const rows = receipts
      .slice(from, from + ROWS)
      .map((receipt) => ({ client, space, ...receipt, data: JSON.stringify(receipt.data), at: now }));
    await trx.insertInto('receipt').values(rows).execute();
  }
  await trx
    .insertInto('client_space')
    .values({ client, space, last_seq: last.seq })
    .onConflict((conflict) => conflict.columns(['client', 'space']).doUpdateSet({ last_seq: last.seq }))
    .execute();
}
