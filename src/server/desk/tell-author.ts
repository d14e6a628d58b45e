import { NO_ROLES, type Actor } from '../../domain/actor/actor.ts';
import { derivedId } from '../../domain/place/place.ts';
import { memberSpace } from '../../domain/space/space.ts';
import type { Rules } from '../dependencies.ts';
import type { LockedDesk } from '../sync/in-locked-spaces.ts';
import { settleMutation } from '../sync/settle-mutation.ts';
import type { Held } from './held-repository.ts';

const DESK: Actor = { kind: 'timer', id: 'desk', name: '', roles: NO_ROLES, gridCommunity: {} };

/** What its author is told of a held mutation, and when that was decided. */
export interface Word {
  type: 'heldAccepted' | 'heldReturned';
  params: Record<string, string>;
  at: number;
}

/**
 * Tells the author of a held mutation what was decided, on every device, in the transaction that decides: nobody would
 * tell it later, and what is decided cannot be decided again. It bears the time of the decision: of two the later is the
 * last word. [RC4]
 */
export async function tellAuthor(
  desk: LockedDesk,
  rules: Rules,
  held: Held,
  { type, params, at }: Word,
): Promise<void> {
  const again = held.reopened > 0 ? [String(held.reopened)] : [];
  const id = derivedId('notice', 'held', held.id, ...again);
  // The phone finds by `mid` which of its records is meant.
  const args = { id, type, about: null, params: { ...params, mid: held.mid } };
  const ctx = { actor: DESK, space: memberSpace(held.member_id), mid: id, at, deviceAt: at, now: at };
  const outcome = await settleMutation(desk, rules, { name: 'notice.tell', v: 1, args }, ctx, { mayWrite: () => true });
  if (outcome.status !== 'applied') throw new Error(`notice.tell was refused: ${outcome.code}`);
}
