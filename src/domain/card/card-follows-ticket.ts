import { changeClaimView, openClaimsEffect } from '../claim/claim-effects.ts';
import { claimViewIdOf } from '../claim/claim-view-id.ts';
import type { MutationContext, ReadTx } from '../mutation/mutator.ts';
import type { Effect, Reaction } from '../mutation/reaction.ts';
import { noticeEffect } from '../notice/notice-effect.ts';
import type { Notice } from '../notice/notice.ts';
import { memberSpace, wallSpace } from '../space/space.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { isHeldByClaim } from '../ticket/ticket-transitions.ts';
import { cardIdOf } from './card-id.ts';
import type { Card } from './card.ts';

/** What happens to a ticket in its grid shows on its card, and reaches whoever holds the claim. */
export const cardFollowsTicket: Reaction = {
  name: 'cardFollowsTicket',
  onApplied(changes, tx, ctx, mutation) {
    if (!mutation.startsWith('ticket.') && mutation !== 'conflict.resolve') return [];
    return changes.flatMap((change) => {
      const before = change.before as Ticket | undefined;
      const ticket = change.after as Ticket | undefined;
      // A new one has no card yet, and one that is published just now has its card from `publishCard`.
      if (change.kind !== 'ticket' || before === undefined || ticket === undefined) return [];
      if (mutation === 'ticket.publish') return [];
      const id = cardIdOf(change.id);
      const card = tx.get(wallSpace(ticket.place.communityId), 'card', id);
      return card === undefined ? [] : follow(tx, ctx, id, card, before, ticket);
    });
  },
};

function follow(tx: ReadTx, ctx: MutationContext, id: string, card: Card, before: Ticket, ticket: Ticket): Effect[] {
  const isLive = card.state === 'open' || card.state === 'claimed';
  if (isLive && (ticket.state === 'published' || isHeldByClaim(ticket))) {
    return ticket.urgent === card.urgent ? [] : [putCard(ctx, id, card, { urgent: ticket.urgent })];
  }
  if (ticket.state === before.state) return [];
  if (ticket.state === 'resolved') return isLive ? resolved(tx, ctx, id, card, ticket) : [];
  if (ticket.state === 'closed') return closed(tx, ctx, card, ticket);
  return isLive || card.claim !== null ? takenDown(tx, ctx, id, card, ticket) : [];
}

const putCard = (ctx: MutationContext, id: string, card: Card, change: Partial<Card>): Effect => ({
  space: wallSpace(card.communityId),
  kind: 'card',
  id,
  data: { ...card, ...change, updatedAt: ctx.at },
});

/** The coordinator wrote the result for a claimer who does not do so. */
function resolved(tx: ReadTx, ctx: MutationContext, id: string, card: Card, ticket: Ticket): Effect[] {
  const { ticketId, claim } = card;
  const { outcome, result } = ticket;
  const effects = [putCard(ctx, id, card, { state: outcome === 'notSolvable' ? 'takenDown' : 'fulfilled' })];
  if (claim === null) return effects;
  return [
    ...effects,
    ...changeClaimView(tx, ctx, ticketId, claim, 'fulfilled', { outcome, result }),
    ...openClaimsEffect(tx, claim.memberId, claimViewIdOf(ticketId, claim.mid), false),
  ];
}

/** The fulfilled card stays on the wall; the contact leaves the claimer's phone, and a thank-you arrives. */
function closed(tx: ReadTx, ctx: MutationContext, { ticketId, claim, text }: Card, ticket: Ticket): Effect[] {
  const view = claim === null ? [] : changeClaimView(tx, ctx, ticketId, claim, 'confirmed');
  if (claim === null || view.length === 0) return [];
  const said: Notice['params'] = ticket.satisfaction === null ? {} : { satisfaction: ticket.satisfaction };
  return [
    ...view,
    noticeEffect(ctx, claim.memberId, 'wishConfirmed', {
      about: aboutClaim(ticketId, claim),
      params: { cardText: text, ...said },
    }),
  ];
}

/** Withdrawn, dispatched, reopened …: it is on the wall no more, and nobody's claim. */
function takenDown(tx: ReadTx, ctx: MutationContext, id: string, card: Card, ticket: Ticket): Effect[] {
  const { ticketId, claim, text } = card;
  const effects = [putCard(ctx, id, card, { state: 'takenDown', claim: null })];
  const view = claim === null ? [] : changeClaimView(tx, ctx, ticketId, claim, 'takenBack');
  // A claim that the resident has confirmed stays what it was.
  if (claim === null || view.length === 0) return effects;
  const reason = ticket.timeline.at(-1)?.text ?? '';
  return [
    ...effects,
    ...view,
    ...openClaimsEffect(tx, claim.memberId, claimViewIdOf(ticketId, claim.mid), false),
    noticeEffect(ctx, claim.memberId, 'claimTakenBack', {
      about: aboutClaim(ticketId, claim),
      params: { cardText: text, reason },
    }),
  ];
}

const aboutClaim = (ticketId: string, { memberId, mid }: NonNullable<Card['claim']>) => ({
  space: memberSpace(memberId),
  kind: 'claimView',
  id: claimViewIdOf(ticketId, mid),
});
