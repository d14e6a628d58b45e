import { NO_ROLES, type Actor } from '../../domain/actor/actor.ts';
import { derivedId } from '../../domain/place/place.ts';
import { memberSpace } from '../../domain/space/space.ts';
import type { Dependencies } from '../dependencies.ts';
import { applyMutation } from '../sync/apply-mutation.ts';
import type { Held } from './held-repository.ts';

const DESK: Actor = { kind: 'timer', id: 'desk', name: '', roles: NO_ROLES, gridCommunity: {} };

/**
 * Tells the author of a held mutation what was decided, on every device; once a decision, however often it is called. It
 * bears the time of the decision: of an earlier one that is told late it is not the last word. [RC4]
 */
export async function tellAuthor(
  deps: Dependencies,
  held: Held,
  type: 'heldAccepted' | 'heldReturned',
  params: Record<string, string>,
  decidedAt: number,
): Promise<void> {
  const again = held.reopened > 0 ? [String(held.reopened)] : [];
  const id = derivedId('notice', 'held', held.id, ...again);
  const result = await applyMutation(deps, {
    space: memberSpace(held.member_id),
    name: 'notice.tell',
    v: 1,
    // The phone finds by `mid` which of its records is meant.
    args: { id, type, about: null, params: { ...params, mid: held.mid } },
    actor: DESK,
    mid: id,
    at: decidedAt,
  });
  if (result.status === 'rejected') throw new Error(`notice.tell was refused: ${result.code}`);
}
