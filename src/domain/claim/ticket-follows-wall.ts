import type { Card } from '../card/card.ts';
import type { MutationContext, ReadTx } from '../mutation/mutator.ts';
import type { Effect, Reaction } from '../mutation/reaction.ts';
import { noticeEffect } from '../notice/notice-effect.ts';
import { gridSpace, memberSpace } from '../space/space.ts';
import { NOBODY } from '../ticket/handler.ts';
import { withEntry } from '../ticket/timeline.ts';
import { changeClaimView, claimViewOf, openClaimsEffect, readContact } from './claim-effects.ts';
import { claimViewIdOf } from './claim-view-id.ts';

/** A claim that won grants its view and moves the ticket; one that ran out takes both back. */
export const ticketFollowsWall: Reaction = {
  name: 'ticketFollowsWall',
  onApplied(changes, tx, ctx, mutation) {
    if (mutation !== 'claim.take' && mutation !== 'claim.expire') return [];
    return changes.flatMap((change) => {
      if (change.kind !== 'card') return [];
      const before = change.before as Card | undefined;
      const after = change.after as Card | undefined;
      if (before === undefined || after === undefined) return [];
      return mutation === 'claim.take' ? taken(tx, ctx, change.id, after) : expired(tx, ctx, before);
    });
  },
};

function taken(tx: ReadTx, ctx: MutationContext, cardId: string, card: Card): Effect[] {
  const { claim, ticketId, gridId } = card;
  const ticket = tx.get(gridSpace(gridId), 'ticket', ticketId);
  if (claim === null || ticket === undefined) return [];
  const entry = { action: 'claimed', byRole: 'claimer', text: '', open: true } as const;
  const claimed = { ...ticket, state: 'claimed', handlerId: claim.memberId, handlerName: claim.name } as const;
  const claimId = claimViewIdOf(ticketId, claim.mid);
  const view = claimViewOf(cardId, card, claim, ticket, readContact(tx, ticket));
  return [
    { space: gridSpace(gridId), kind: 'ticket', id: ticketId, data: withEntry(claimed, ctx, entry, claim.name) },
    { space: memberSpace(claim.memberId), kind: 'claimView', id: claimId, data: view },
    ...openClaimsEffect(tx, claim.memberId, claimId, true),
  ];
}

function expired(tx: ReadTx, ctx: MutationContext, card: Card): Effect[] {
  const { claim, ticketId, gridId } = card;
  const ticket = tx.get(gridSpace(gridId), 'ticket', ticketId);
  if (claim === null || ticket === undefined) return [];
  const entry = { action: 'expired', byRole: 'timer', text: '', open: true } as const;
  const claimId = claimViewIdOf(ticketId, claim.mid);
  return [
    {
      space: gridSpace(gridId),
      kind: 'ticket',
      id: ticketId,
      data: withEntry({ ...ticket, ...NOBODY, state: 'published' }, ctx, entry),
    },
    ...changeClaimView(tx, ctx, ticketId, claim, 'expired'),
    ...openClaimsEffect(tx, claim.memberId, claimId, false),
    noticeEffect(ctx, claim.memberId, 'claimExpired', {
      about: { space: memberSpace(claim.memberId), kind: 'claimView', id: claimId },
      params: { cardText: card.text },
    }),
  ];
}
