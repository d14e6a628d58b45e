import { timingSafeEqual } from 'node:crypto';
import { lastFour } from '../../domain/contact/masking.ts';
import { contactSpace } from '../../domain/space/space.ts';
import type { Dependencies } from '../dependencies.ts';
import { readRecord } from '../sync/read-record.ts';
import type { FoundSlip } from './slip-lookup.ts';

export const MAX_WRONG_DIGITS = 5;
export const LOCK_MS = 15 * 60_000;

export type Proof = { right: true } | { right: false; left: number } | { right: false; lockedForMs: number };

/** Do these four digits belong to the slip? Five wrong ones lock its confirmation for a quarter of an hour. */
export async function checkDigits({ db, now }: Dependencies, slip: FoundSlip, digits: string): Promise<Proof> {
  const at = now();
  const contact = (await readRecord(db, contactSpace(slip.gridId), 'contact', slip.contactId))?.data;
  const expected = slip.proof === 'pin' ? contact?.pin : lastFour(contact?.phone ?? '');
  return db.transaction().execute(async (trx) => {
    const failure = await trx
      .selectFrom('proof_failure')
      .selectAll()
      .where('slip_id', '=', slip.slipId)
      .executeTakeFirst();
    if (failure !== undefined && failure.locked_until > at) {
      return { right: false, lockedForMs: failure.locked_until - at };
    }
    if (expected !== undefined && sameDigits(expected, digits)) {
      await trx.deleteFrom('proof_failure').where('slip_id', '=', slip.slipId).execute();
      return { right: true };
    }
    // A lock that has ended begins the count anew.
    const count = (failure === undefined || failure.locked_until > 0 ? 0 : failure.count) + 1;
    const locked = count >= MAX_WRONG_DIGITS;
    const row = { count, locked_until: locked ? at + LOCK_MS : 0 };
    await trx
      .insertInto('proof_failure')
      .values({ slip_id: slip.slipId, ...row })
      .onConflict((conflict) => conflict.column('slip_id').doUpdateSet(row))
      .execute();
    return locked ? { right: false, lockedForMs: LOCK_MS } : { right: false, left: MAX_WRONG_DIGITS - count };
  });
}

const sameDigits = (expected: string, given: string): boolean =>
  expected.length === 4 && given.length === 4 && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
