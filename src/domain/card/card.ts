import type { TicketKind } from '../ticket/ticket.ts';

export type CardState = 'open' | 'claimed' | 'fulfilled' | 'takenDown';

/** A wish (or a problem opened for 领办) on the wall: the need, the neighbourhood, the state; never a person. */
export interface Card {
  ticketId: string;
  gridId: string;
  communityId: string;
  kind: TicketKind;
  item: string;
  itemVersion: number;
  /** A text of its own, confirmed at publication. */
  text: string;
  /** The estate's name, or the community's where the item is sensitive. */
  where: string;
  sensitive: boolean;
  /** Also on the open wall; never for sensitive items. */
  public: boolean;
  urgent: boolean;
  state: CardState;
  claim: CardClaim | null;
  publishedAt: number;
  updatedAt: number;
}

export interface CardClaim {
  /** The mutation that won. */
  mid: string;
  memberId: string;
  /** 李伟, or the unit's name. */
  name: string;
  at: number;
  /** The claim falls back to the wall if nothing has been done until then. */
  expiresAt: number;
}
