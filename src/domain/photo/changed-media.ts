import type { Ticket } from '../ticket/ticket.ts';
import type { MediaHand, MediaRef } from './media.ts';

const changeEach = (ticket: Ticket, change: (one: MediaRef) => MediaRef): Pick<Ticket, 'media'> =>
  ticket.media === undefined ? {} : { media: ticket.media.map(change) };

/** A matter that turns out to be sensitive shows nothing on the resident's page until a coordinator says so again. */
export const hiddenAgain = (ticket: Ticket): Pick<Ticket, 'media'> =>
  changeEach(ticket, (one) => ({ ...one, forResident: false }));

/** 重新办理: what was the result is where the work begins now, and proves nothing of it. */
export const takenBefore = (ticket: Ticket): Pick<Ticket, 'media'> =>
  changeEach(ticket, ({ alsoBy, ...one }) => ({ ...before(one), ...(alsoBy && { alsoBy: alsoBy.map(before) }) }));

const before = <Hand extends MediaHand>(hand: Hand): Hand =>
  hand.stage === 'after' ? { ...hand, stage: 'before' } : hand;
