import { claimExpireArgs } from '../card/card-args.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';

/** 到期: the timer's. A claim that has moved on meanwhile, or is another's, is left alone. */
export const expireClaim = defineMutator({
  name: 'claim.expire',
  version: 1,
  spaceKind: 'wall',
  args: claimExpireArgs,
  creates: false,
  authorize(_tx, _args, { actor }) {
    refuseUnless(actor.kind === 'timer', 'forbidden');
  },
  apply(tx, { cardId, claimMid }, { space, at }) {
    const card = tx.get(space, 'card', cardId);
    if (card?.state !== 'claimed' || card.claim?.mid !== claimMid || at < card.claim.expiresAt) return;
    tx.put('card', cardId, { ...card, state: 'open', claim: null, updatedAt: at });
  },
});
