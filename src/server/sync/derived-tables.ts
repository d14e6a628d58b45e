import type { Transaction } from 'kysely';
import { shasOf } from '../../domain/photo/media-of.ts';
import type { RecordData } from '../../domain/record/record-data.ts';
import type { Change } from '../../domain/mutation/reaction.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import type { Write } from './workspace.ts';

/** Keeps the tables that are looked up by something other than a record's key. */
export async function writeDerived(trx: Transaction<Database>, write: Write): Promise<void> {
  if (write.kind === 'slip') await writeSlipCode(trx, write);
  if (write.kind === 'card') await writeClaimDue(trx, write);
  await writeMediaRefs(trx, write);
}

type SlipCode = { code: string; space: string; slip: string };

const dropSlipCode = prepareQuery<SlipCode>((db, arg) =>
  db
    .deleteFrom('slip_code')
    .where('code', '=', arg('code'))
    .where('space', '=', arg('space'))
    .where('slip_id', '=', arg('slip')),
);
const addSlipCode = prepareQuery<SlipCode>((db, arg) =>
  db.insertInto('slip_code').values({ code: arg('code'), space: arg('space'), slip_id: arg('slip') }),
);

async function writeSlipCode(trx: Transaction<Database>, { space, id: slip, stored, data }: Write): Promise<void> {
  const [before, after] = [stored.data, data] as (RecordData['slip'] | undefined)[];
  if (before?.code === after?.code) return;
  if (before) await dropSlipCode(trx, { code: before.code, space, slip });
  if (after) await addSlipCode(trx, { code: after.code, space, slip });
}

const dropClaimDue = prepareQuery<{ space: string; card: string }>((db, arg) =>
  db.deleteFrom('claim_due').where('space', '=', arg('space')).where('card_id', '=', arg('card')),
);
const addClaimDue = prepareQuery<{ space: string; card: string; claim: string; due: number }>((db, arg) =>
  db
    .insertInto('claim_due')
    .values({ space: arg('space'), card_id: arg('card'), claim_mid: arg('claim'), due_at: arg('due') }),
);

async function writeClaimDue(trx: Transaction<Database>, { space, id, stored, data }: Write): Promise<void> {
  if (stored.data !== undefined) await dropClaimDue(trx, { space, card: id });
  const card = data as RecordData['card'] | undefined;
  if (card?.state !== 'claimed' || !card.claim) return;
  await addClaimDue(trx, { space, card: id, claim: card.claim.mid, due: card.claim.expiresAt });
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

const findSlipCode = prepareQuery<{ code: string }, { space: string; id: string }>((db, arg) =>
  db.selectFrom('slip_code').select(['space', 'slip_id as id']).where('code', '=', arg('code')),
);

/** Codes are made on phones and come from printed pads: two slips may carry one code, and the second is refused. */
export async function isSlipCodeTaken(
  trx: Transaction<Database>,
  settled: Iterable<Write>,
  changes: readonly Change[],
): Promise<boolean> {
  const slips = changes.filter(({ kind, after }) => kind === 'slip' && after);
  if (slips.length === 0) return false;
  const earlier = [...settled].filter(({ kind }) => kind === 'slip');
  for (const change of slips) {
    const { code } = change.after as RecordData['slip'];
    const [stored] = await findSlipCode(trx, { code });
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
