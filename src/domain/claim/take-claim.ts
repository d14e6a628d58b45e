import type { Card } from '../card/card.ts';
import { claimTakeArgs } from '../card/card-args.ts';
import { CLAIM_TERM_MS } from '../card/claim-term.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { Refusal, refuseUnless } from '../mutation/refusal.ts';
import { mayClaim, requireRoomForClaim } from './claim-policy.ts';

/**
 * 认领. The order in which the server sees the claims of a card decides; whoever comes later is refused and told
 * by whom and when. The same person's second claim changes nothing.
 */
export const takeClaim = defineMutator({
  name: 'claim.take',
  version: 1,
  spaceKind: 'wall',
  args: claimTakeArgs,
  creates: false,
  authorize(_tx, _args, { actor }) {
    refuseUnless(mayClaim(actor), 'forbidden');
  },
  apply(tx, { cardId }, ctx) {
    const { actor, at, mid, now } = ctx;
    const card = tx.get(ctx.space, 'card', cardId);
    refuseUnless(card, 'notFound');
    if (card.claim?.memberId === actor.id) return;
    refuseIfTaken(card);
    requireRoomForClaim(tx, actor);
    // From when it was decided: a claim may have lain on a phone for days, and the loser is told a time that came first.
    const name = actor.roles.unit ?? actor.name;
    const claim = { mid, memberId: actor.id, name, at: now, expiresAt: now + CLAIM_TERM_MS };
    tx.put('card', cardId, { ...card, state: 'claimed', claim, updatedAt: at });
  },
});

function refuseIfTaken({ state, claim }: Card): void {
  if (state === 'takenDown') throw new Refusal('state', { state });
  if (claim !== null) throw new Refusal('claimTaken', { winnerName: claim.name, at: claim.at });
}
