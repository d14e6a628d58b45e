import type { KindIndexes } from '../record/index-definition.ts';
import { hasEnded } from './ticket-transitions.ts';
import type { Ticket } from './ticket.ts';

/** The same for all of them: it is reckoned once a row. */
const sort = ({ loggedAt }: Ticket): number => loggedAt;
const by = (key: (ticket: Ticket) => string) => ({ key, sort });

export const ticketIndexes = {
  all: by(() => ''),
  byState: by(({ state }) => state),
  byKind: by(({ kind }) => kind),
  byRoom: by(({ place }) => place.roomId ?? ''),
  byBuilding: by(({ place }) => place.buildingId ?? ''),
  byLoggedBy: by(({ loggedBy }) => loggedBy),
  byVisit: by(({ visitId }) => visitId ?? ''),
  byItem: by(({ item }) => item),
  /** The two letters of the class. */
  byClass: by(({ item }) => item.slice(0, 2)),
  /** `open` or `ended` */
  byOpen: by(({ state }) => (hasEnded(state) ? 'ended' : 'open')),
} satisfies KindIndexes<'ticket'>;
