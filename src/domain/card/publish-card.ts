import * as v from 'valibot';
import type { ReadTx } from '../mutation/mutator.ts';
import type { Reaction } from '../mutation/reaction.ts';
import { communitySpace, OFFICE, wallSpace } from '../space/space.ts';
import type { Ticket } from '../ticket/ticket.ts';
import { ticketPublishArgs } from '../ticket/ticket-args.ts';
import { cardIdOf } from './card-id.ts';

/** A published ticket has a card on its community's wall: what is needed and where about, and nobody's name. */
export const publishCard: Reaction = {
  name: 'publishCard',
  onApplied(changes, tx, ctx, mutation, args) {
    if (mutation !== 'ticket.publish') return [];
    const { cardText, public: isPublic } = v.parse(ticketPublishArgs, args);
    return changes.flatMap((change) => {
      const ticket = change.after as Ticket | undefined;
      if (change.kind !== 'ticket' || ticket === undefined) return [];
      const { kind, item, itemVersion, sensitive, urgent, place } = ticket;
      return [
        {
          space: wallSpace(place.communityId),
          kind: 'card' as const,
          id: cardIdOf(change.id),
          data: {
            ticketId: change.id,
            gridId: place.gridId,
            communityId: place.communityId,
            kind,
            item,
            itemVersion,
            text: cardText,
            where: whereOf(tx, ticket),
            sensitive,
            public: isPublic && !sensitive,
            urgent,
            state: 'open' as const,
            claim: null,
            publishedAt: ctx.at,
            updatedAt: ctx.at,
          },
        },
      ];
    });
  },
};

/** No nearer than the estate; of a sensitive matter no nearer than the community. */
function whereOf(tx: ReadTx, { sensitive, place }: Ticket): string {
  const space = communitySpace(place.communityId);
  // By the community's own record: what the phone wrote beside the id is free text.
  const estate = sensitive || place.estateId === null ? undefined : tx.get(space, 'estate', place.estateId);
  if (estate !== undefined) return estate.name;
  return tx.get(OFFICE, 'community', place.communityId)?.name ?? '';
}
