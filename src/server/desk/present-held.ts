import { maskName, maskPhone } from '../../domain/contact/masking.ts';
import type { HeldEntry } from '../../protocol/desk-messages.ts';
import type { Held } from './held-repository.ts';

const HIDDEN = '****';

/** A held contact shows that it is one, and no more of the person than the list of tickets would. */
function presentArgs(mutation: string, args: unknown): unknown {
  if (mutation !== 'contact.put' || typeof args !== 'object' || args === null) return args;
  const masked = Object.entries(args).map(([field, value]: [string, unknown]) => {
    if (field === 'id') return [field, value];
    if (value === '') return [field, ''];
    if (typeof value !== 'string') return [field, HIDDEN];
    if (field === 'name') return [field, maskName(value)];
    if (field === 'phone') return [field, maskPhone(value)];
    return [field, HIDDEN];
  });
  return Object.fromEntries(masked) as unknown;
}

export const presentHeld = (held: Held): HeldEntry => ({
  id: held.id,
  space: held.space,
  communityId: held.communityId,
  mutation: held.mutation,
  args: presentArgs(held.mutation, JSON.parse(held.args) as unknown),
  memberName: held.member_name,
  reason: held.reason,
  at: held.at,
  receivedAt: held.received_at,
});
