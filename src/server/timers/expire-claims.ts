import { v5 as uuidv5 } from 'uuid';
import { NO_ROLES, type Actor } from '../../domain/actor/actor.ts';
import type { Dependencies } from '../dependencies.ts';
import { applyMutation } from '../sync/apply-mutation.ts';

const NAME = 'claim.expire';
/** So that a long list never holds the database for long; the rest follows with the next round. */
const MAX_A_ROUND = 100;
/** Namespace of timers' mids: the same expiry has the same mid in every process. */
const NAMESPACE = '5b1b7e3c-2f0e-5c1a-9d57-0d6b6f3f8a11';

const TIMER: Actor = { kind: 'timer', id: NAME, name: '', roles: NO_ROLES, gridCommunity: {} };

/** Lets every claim fall back to the wall whose day has passed; returns how many rounds' worth were tried. */
export async function expireClaims(deps: Dependencies): Promise<number> {
  const now = deps.now();
  const due = await deps.db
    .selectFrom('claim_due')
    .select(['space', 'card_id', 'claim_mid', 'due_at'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(MAX_A_ROUND)
    .execute();
  for (const { space, card_id: cardId, claim_mid: claimMid, due_at: dueAt } of due) {
    const mid = uuidv5(`${NAME}\n${space}\n${cardId}\n${claimMid}\n${dueAt}`, NAMESPACE);
    const args = { cardId, claimMid };
    const result = await applyMutation(deps, { space, name: NAME, v: 1, args, actor: TIMER, mid, at: now });
    // Whatever the rules refuse to expire is not due; the card's next change says when it will be. After a fault of
    // the program it stays due.
    if (result.status === 'rejected' && result.code !== 'fault') {
      await deps.db
        .deleteFrom('claim_due')
        .where('space', '=', space)
        .where('card_id', '=', cardId)
        // Another claim of the card may have come meanwhile, through another process.
        .where('claim_mid', '=', claimMid)
        .where('due_at', '=', dueAt)
        .execute();
    }
  }
  return due.length;
}
