import type { Transaction } from 'kysely';
import { shasOf } from '../../domain/photo/media-of.ts';
import type { RecordData } from '../../domain/record/record-data.ts';
import type { Change } from '../../domain/mutation/reaction.ts';
import type { Database } from '../db/schema.ts';
import type { Write } from './workspace.ts';

/** Keeps the tables that are looked up by something other than a record's key. */
export async function writeDerived(trx: Transaction<Database>, write: Write): Promise<void> {
  const { space, kind, id, data } = write;
  if (kind === 'slip') await writeSlipCode(trx, space, id, data as RecordData['slip'] | undefined);
  if (kind === 'card') await writeClaimDue(trx, space, id, data as RecordData['card'] | undefined);
  await writeMediaRefs(trx, write);
}

async function writeSlipCode(
  trx: Transaction<Database>,
  space: string,
  slipId: string,
  slip: RecordData['slip'] | undefined,
): Promise<void> {
  await trx.deleteFrom('slip_code').where('space', '=', space).where('slip_id', '=', slipId).execute();
  if (slip) await trx.insertInto('slip_code').values({ code: slip.code, space, slip_id: slipId }).execute();
}

async function writeClaimDue(
  trx: Transaction<Database>,
  space: string,
  cardId: string,
  card: RecordData['card'] | undefined,
): Promise<void> {
  await trx.deleteFrom('claim_due').where('space', '=', space).where('card_id', '=', cardId).execute();
  if (card?.state !== 'claimed' || !card.claim) return;
  await trx
    .insertInto('claim_due')
    .values({ space, card_id: cardId, claim_mid: card.claim.mid, due_at: card.claim.expiresAt })
    .execute();
}

/** By it a photo is served and kept. Most writes change none of it, and then cost nothing. */
async function writeMediaRefs(trx: Transaction<Database>, { space, kind, id, data, stored }: Write): Promise<void> {
  const before = shasOf(kind, stored.data);
  const after = shasOf(kind, data);
  const gone = [...before].filter((sha) => !after.has(sha));
  const come = [...after].filter((sha) => !before.has(sha));
  if (gone.length > 0) {
    const ofRecord = trx
      .deleteFrom('media_ref')
      .where('space', '=', space)
      .where('kind', '=', kind)
      .where('id', '=', id);
    await ofRecord.where('sha', 'in', gone).execute();
  }
  if (come.length > 0) {
    const rows = come.map((sha) => ({ sha, space, kind, id }));
    await trx
      .insertInto('media_ref')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Codes are made on phones and come from printed pads: two slips may carry one code, and the second is refused. */
export async function isSlipCodeTaken(
  trx: Transaction<Database>,
  settled: Iterable<Write>,
  changes: readonly Change[],
): Promise<boolean> {
  const earlier = [...settled].filter(({ kind }) => kind === 'slip');
  for (const change of changes) {
    if (change.kind !== 'slip' || !change.after) continue;
    const { code } = change.after as RecordData['slip'];
    const stored = await trx
      .selectFrom('slip_code')
      .select(['space', 'slip_id as id'])
      .where('code', '=', code)
      .executeTakeFirst();
    const gone =
      stored && earlier.some((one) => one.data === undefined && one.space === stored.space && one.id === stored.id);
    const holders = earlier.filter(({ data }) => (data as RecordData['slip'] | undefined)?.code === code);
    if (
      [...holders, ...(stored && !gone ? [stored] : [])].some(
        (slip) => slip.space !== change.space || slip.id !== change.id,
      )
    ) {
      return true;
    }
  }
  return false;
}
