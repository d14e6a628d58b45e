import type { Card, CardClaim } from '../card/card.ts';
import { NEVER } from '../card/claim-term.ts';
import type { MutationContext, ReadTx } from '../mutation/mutator.ts';
import type { Effect, Reaction } from '../mutation/reaction.ts';
import { withMedia } from '../photo/media-hands.ts';
import { mediaOf } from '../photo/media-of.ts';
import { gridSpace, wallSpace } from '../space/space.ts';
import { NOBODY } from '../ticket/handler.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { withEntry, type EntryWords } from '../ticket/timeline.ts';
import { openClaimsEffect } from './claim-effects.ts';
import { claimViewIdOf } from './claim-view-id.ts';
import type { ClaimView } from './claim-view.ts';

interface Standing {
  ticket: Ticket;
  card: Card;
  claim: CardClaim;
}

/** What a claimer does in their own space shows on the ticket and on its card. */
export const ticketFollowsClaim: Reaction = {
  name: 'ticketFollowsClaim',
  onApplied(changes, tx, ctx, mutation, args) {
    if (!STEPS.has(mutation)) return [];
    return changes.flatMap((change) => {
      const view = change.after as ClaimView | undefined;
      if (change.kind !== 'claimView' || view === undefined) return [];
      const standing = standingClaim(tx, change.id, view);
      return standing === undefined ? [] : follow(tx, ctx, mutation, args, view, standing);
    });
  },
};

const STEPS: ReadonlySet<string> = new Set(['claim.progress', 'claim.addMedia', 'claim.fulfil', 'claim.release']);

/** Ticket and card, where the card still is this claim's. */
function standingClaim(tx: ReadTx, id: string, view: ClaimView): Standing | undefined {
  const ticket = tx.get(gridSpace(view.gridId), 'ticket', view.ticketId);
  const card = tx.get(wallSpace(view.communityId), 'card', view.cardId);
  const claim = card?.claim ?? null;
  if (ticket === undefined || card === undefined || claim === null) return undefined;
  return claimViewIdOf(view.ticketId, claim.mid) === id ? { ticket, card, claim } : undefined;
}

function follow(
  tx: ReadTx,
  ctx: MutationContext,
  mutation: string,
  args: unknown,
  view: ClaimView,
  { ticket, card, claim }: Standing,
): Effect[] {
  const put = (nextTicket: Ticket, words: Omit<EntryWords, 'byRole'>, nextCard: Partial<Card>): Effect[] => [
    {
      space: gridSpace(view.gridId),
      kind: 'ticket',
      id: view.ticketId,
      data: withEntry(nextTicket, ctx, { ...words, byRole: 'claimer' }, claim.name),
    },
    {
      space: wallSpace(view.communityId),
      kind: 'card',
      id: view.cardId,
      data: { ...card, ...nextCard, updatedAt: ctx.at },
    },
  ];
  const closed = openClaimsEffect(tx, claim.memberId, claimViewIdOf(view.ticketId, claim.mid), false);
  switch (mutation) {
    case 'claim.progress':
      return put(
        { ...ticket, state: 'inProgress' },
        { action: 'progress', text: view.notes.at(-1)?.text ?? '', open: true },
        { claim: { ...claim, expiresAt: NEVER } },
      );
    case 'claim.addMedia':
      return put(withMediaOf(ticket, view), { action: 'mediaAdded', text: '', open: false }, {});
    case 'claim.fulfil':
      return [
        ...put(
          { ...ticket, state: 'resolved', outcome: view.outcome, result: view.result, satisfaction: null },
          { action: 'resolved', text: view.result, open: true },
          view.outcome === 'notSolvable' ? { state: 'takenDown' } : { state: 'fulfilled' },
        ),
        ...closed,
      ];
    default:
      return [
        ...put(
          { ...ticket, ...NOBODY, state: 'published' },
          { action: 'released', text: reasonIn(args), open: false },
          { state: 'open', claim: null },
        ),
        ...closed,
      ];
  }
}

/** What the claimer took, beside what is there; what was shown or hidden of it meanwhile stays so. */
function withMediaOf(ticket: Ticket, view: ClaimView): Ticket {
  return { ...ticket, media: mediaOf(view).reduce(withMedia, mediaOf(ticket)) };
}

const reasonIn = (args: unknown): string =>
  typeof args === 'object' && args !== null && 'reason' in args && typeof args.reason === 'string' ? args.reason : '';
