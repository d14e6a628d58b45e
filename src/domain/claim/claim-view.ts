import type { MediaRef } from '../photo/media.ts';
import type { Outcome, TicketKind } from '../ticket/ticket.ts';

export type ClaimState = 'active' | 'inProgress' | 'fulfilled' | 'confirmed' | 'released' | 'expired' | 'takenBack';

/** The ticket as its claimer needs it, in the claimer's own space, with the contact that the claim grants. */
export interface ClaimView {
  ticketId: string;
  cardId: string;
  gridId: string;
  communityId: string;
  kind: TicketKind;
  item: string;
  itemVersion: number;
  /** The card's text. */
  text: string;
  urgent: boolean;
  /** The whole address; empty once the claim has ended. */
  address: string;
  /** Null once the claim has ended, or where the resident left none. */
  contact: { name: string; phone: string; note: string } | null;
  state: ClaimState;
  claimedAt: number;
  expiresAt: number;
  outcome: Outcome | null;
  result: string;
  /** What its claimer took, read through `mediaOf`; gone once the claim has ended. */
  media?: readonly MediaRef[];
  notes: { id: string; at: number; text: string }[];
  updatedAt: number;
}
