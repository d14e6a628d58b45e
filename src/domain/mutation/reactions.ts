import { recordsFollowBuilding } from '../building/records-follow-building.ts';
import { cardFollowsTicket } from '../card/card-follows-ticket.ts';
import { publishCard } from '../card/publish-card.ts';
import { claimLost } from '../claim/claim-lost.ts';
import { ticketFollowsClaim } from '../claim/ticket-follows-claim.ts';
import { ticketFollowsWall } from '../claim/ticket-follows-wall.ts';
import { defaultGrid } from '../community/default-grid.ts';
import { claimsFollowContact } from '../contact/claims-follow-contact.ts';
import { authorKeepsOwn } from '../conflict/author-keeps-own.ts';
import { contactFollowsConflict, gridSeesContactConflict } from '../contact/contact-conflicts.ts';
import { conflictDecided } from '../notice/conflict-decided.ts';
import { ticketDeclined } from '../notice/ticket-declined.ts';
import { ticketReturned } from '../notice/ticket-returned.ts';
import type { Reaction } from './reaction.ts';

/** What follows from a mutation in other spaces; the server runs all of them after each, in this order. */
export const reactions: readonly Reaction[] = [
  defaultGrid,
  recordsFollowBuilding,
  publishCard,
  cardFollowsTicket,
  ticketFollowsWall,
  ticketFollowsClaim,
  claimLost,
  ticketReturned,
  ticketDeclined,
  gridSeesContactConflict,
  contactFollowsConflict,
  authorKeepsOwn,
  conflictDecided,
  claimsFollowContact,
];
