import type { Reaction } from '../mutation/reaction.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { noticeEffect } from './notice-effect.ts';

/** The volunteer who wrote it is told why it is not taken up, before the resident asks them. */
export const ticketDeclined: Reaction = {
  name: 'ticketDeclined',
  onApplied(changes, _tx, ctx, mutation) {
    if (mutation !== 'ticket.decline') return [];
    return changes.flatMap((change) => {
      const ticket = change.after as Ticket | undefined;
      if (change.kind !== 'ticket' || ticket === undefined || ticket.loggedBy === ctx.actor.id) return [];
      const about = { space: change.space, kind: change.kind, id: change.id };
      const params = { reason: ticket.timeline.at(-1)?.text ?? '' };
      return [noticeEffect(ctx, ticket.loggedBy, 'ticketDeclined', { about, params })];
    });
  },
};
