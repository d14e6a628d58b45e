import { sql, type RawBuilder, type Transaction } from 'kysely';
import type { Database } from '../db/schema.ts';
import { DIRECT } from '../sync/receipts.ts';
import { Finding, RESTORE_ADVICE, type Check } from './check.ts';

/** Every mutation that was taken has its word, in its place, and what was held is there to be decided on. */
export async function checkReceipts(trx: Transaction<Database>): Promise<Check[]> {
  const looked = await trx
    .selectFrom('receipt')
    .select(sql<number>`count(*)`.as('n'))
    .executeTakeFirstOrThrow();
  const check = async (name: string, query: RawBuilder<{ place: string }>): Promise<Check> => {
    const finding = new Finding(name, RESTORE_ADVICE);
    finding.looked = Number(looked.n);
    for (const { place } of (await query.execute(trx)).rows) finding.fault(place);
    return finding;
  };
  return [
    await check(
      'receipts are contiguous',
      sql`
        select coalesce(r.client, c.client) || ' ' || coalesce(r.space, c.space) as place
        from client_space c full join (
          select client, space, min(seq) as first, max(seq) as last, count(*) as n from receipt group by client, space
        ) r on r.client = c.client and r.space = c.space
        where r.client is null or c.client is null or r.last <> c.last_seq or r.n <> r.last - r.first + 1`,
    ),
    await check(
      'receipts lie within their space, in its order',
      sql`
        select client || ' ' || space || ' ' || seq as place from (
          select r.client, r.space, r.seq, r.ver, s.ver as now,
            lag(r.ver) over (partition by r.client, r.space order by r.seq) as before
          from receipt r left join space s on s.id = r.space
        ) ordered where now is null or ver > now or ver < before`,
    ),
    await check(
      'receipts are of a known device',
      sql`
        select distinct r.client || ' ' || r.space as place from receipt r
        where r.client <> ${DIRECT} and not exists (select 1 from client c where c.id = r.client)`,
    ),
    await check(
      'what a receipt calls held is held',
      sql`
        select r.space || ' ' || r.mid as place from receipt r
        where r.status = 'quarantined'
          and not exists (select 1 from held h where h.mid = r.mid and h.space = r.space)`,
    ),
  ];
}
