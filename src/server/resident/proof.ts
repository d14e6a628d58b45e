import { timingSafeEqual } from 'node:crypto';
import type { Transaction } from 'kysely';
import { lastFour } from '../../domain/contact/masking.ts';
import { contactSpace } from '../../domain/space/space.ts';
import type { Database } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { readRecord } from '../sync/read-record.ts';
import type { FoundSlip } from './slip-lookup.ts';

export const MAX_WRONG_DIGITS = 5;
export const LOCK_MS = 15 * 60_000;

export type Proof = { right: true } | { right: false; left: number } | { right: false; lockedForMs: number };

/** Do these four digits belong to the slip? Five wrong ones lock its confirmation for a quarter of an hour. */
export async function checkDigits(
  { db, now }: Dependencies,
  slip: Pick<FoundSlip, 'slipId' | 'gridId' | 'contactId' | 'proof'>,
  digits: string,
): Promise<Proof> {
  const at = now();
  const contact = (await readRecord(db, contactSpace(slip.gridId), 'contact', slip.contactId))?.data;
  const expected = slip.proof === 'pin' ? contact?.pin : lastFour(contact?.phone ?? '');
  return db.transaction().execute(async (trx) => {
    const failure = await lockFailures(trx, slip.slipId);
    if (failure.locked_until > at) {
      return { right: false, lockedForMs: failure.locked_until - at };
    }
    if (expected !== undefined && sameDigits(expected, digits)) {
      await setFailures(trx, slip.slipId, { count: 0, locked_until: 0 });
      return { right: true };
    }
    // A lock that has ended begins the count anew.
    const count = (failure.locked_until > 0 ? 0 : failure.count) + 1;
    const locked = count >= MAX_WRONG_DIGITS;
    await setFailures(trx, slip.slipId, { count, locked_until: locked ? at + LOCK_MS : 0 });
    return locked ? { right: false, lockedForMs: LOCK_MS } : { right: false, left: MAX_WRONG_DIGITS - count };
  });
}

interface Failures {
  count: number;
  locked_until: number;
}

/** The slip's count, for this transaction alone: of guesses made at once each must see the one before it. */
async function lockFailures(trx: Transaction<Database>, slipId: string): Promise<Failures> {
  await trx
    .insertInto('proof_failure')
    .values({ slip_id: slipId, count: 0, locked_until: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return trx
    .updateTable('proof_failure')
    .set((eb) => ({ count: eb.ref('count') }))
    .where('slip_id', '=', slipId)
    .returning(['count', 'locked_until'])
    .executeTakeFirstOrThrow();
}

async function setFailures(trx: Transaction<Database>, slipId: string, failures: Failures): Promise<void> {
  await trx.updateTable('proof_failure').set(failures).where('slip_id', '=', slipId).execute();
}

const sameDigits = (expected: string, given: string): boolean =>
  expected.length === 4 && given.length === 4 && timingSafeEqual(Buffer.from(expected), Buffer.from(given));
