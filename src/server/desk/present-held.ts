import type { Kysely } from 'kysely';
import * as v from 'valibot';
import { maskField } from '../../domain/contact/masking.ts';
import { editOf } from '../../domain/mutation/edit.ts';
import type { HeldEntry, ReturnedEntry } from '../../protocol/desk-messages.ts';
import type { Database } from '../db/schema.ts';
import { contactIn, type HeldContact } from './held-contact.ts';
import type { Held } from './held-repository.ts';

const HIDDEN = '****';

/**
 * What would be written to a contact shows that it is one, and no more of the person than the list of tickets would:
 * whatever its name, and whatever shape its args have.
 */
function maskArgs({ isPlain, maskedAs }: HeldContact, args: unknown): unknown {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return HIDDEN;
  const masked = Object.entries(args).map(([field, value]: [string, unknown]) => {
    if (isPlain(field, value)) return [field, value];
    const mask = (text: string): string => maskField(maskedAs(field), text);
    if (v.is(edit, value)) return [field, { from: mask(value.from), to: mask(value.to) }];
    return [field, typeof value === 'string' ? mask(value) : HIDDEN];
  });
  return Object.fromEntries(masked) as unknown;
}

const edit = editOf(v.string());

export async function presentHeld(db: Kysely<Database>, held: Held): Promise<HeldEntry> {
  const args = JSON.parse(held.args) as unknown;
  const contact = await contactIn(db, held);
  return {
    id: held.id,
    space: held.space,
    communityId: held.communityId,
    mutation: held.mutation,
    args: contact ? maskArgs(contact, args) : args,
    isMasked: contact !== undefined,
    memberName: held.member_name,
    reason: held.reason,
    isOnlyHere: held.only_here === 1,
    at: held.at,
    receivedAt: held.received_at,
  };
}

export const presentReturned = async (db: Kysely<Database>, held: Held): Promise<ReturnedEntry> => ({
  ...(await presentHeld(db, held)),
  returnedAt: held.resolved_at ?? held.received_at,
});
