import * as v from 'valibot';
import { maskField } from '../../domain/contact/masking.ts';
import { editOf } from '../../domain/mutation/edit.ts';
import { idField } from '../../domain/mutation/fields.ts';
import { parseSpace } from '../../domain/space/space.ts';
import type { HeldEntry, ReturnedEntry } from '../../protocol/desk-messages.ts';
import type { Held } from './held-repository.ts';

const HIDDEN = '****';

/**
 * What would be written among the contacts shows that it is one, and no more of the person than the list of tickets
 * would: whatever its name, and whatever shape its args have.
 */
function presentArgs(space: string, args: unknown): unknown {
  if (parseSpace(space)?.kind !== 'contact') return args;
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return HIDDEN;
  const masked = Object.entries(args).map(([field, value]: [string, unknown]) => {
    if (field === 'id' && v.is(idField, value)) return [field, value];
    return [
      field,
      v.is(edit, value) ? { from: maskField(field, value.from), to: maskField(field, value.to) } : mask(field, value),
    ];
  });
  return Object.fromEntries(masked) as unknown;
}

const edit = editOf(v.string());

const mask = (field: string, value: unknown): string => (typeof value === 'string' ? maskField(field, value) : HIDDEN);

export const presentHeld = (held: Held): HeldEntry => ({
  id: held.id,
  space: held.space,
  communityId: held.communityId,
  mutation: held.mutation,
  args: presentArgs(held.space, JSON.parse(held.args) as unknown),
  memberName: held.member_name,
  reason: held.reason,
  at: held.at,
  receivedAt: held.received_at,
});

export const presentReturned = (held: Held): ReturnedEntry => ({
  ...presentHeld(held),
  returnedAt: held.resolved_at ?? held.received_at,
});
