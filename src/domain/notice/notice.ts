export type NoticeType =
  | 'claimLost' // another came first: winnerName, at, cardText
  | 'ticketReturned' // yours came back for more: reason
  | 'ticketDeclined' // yours is not taken up: reason
  | 'heldAccepted' // a held record was accepted
  | 'heldReturned' // a held record was sent back: reason
  | 'conflictMine' // of two values yours went in: byName
  | 'conflictTheirs' // the standing one stays: byName
  | 'conflictEdited' // a third went in: byName
  | 'claimExpired' // cardText
  | 'claimTakenBack' // the coordinator took the card down: cardText, reason
  | 'wishConfirmed'; // the resident confirmed what you did: cardText, satisfaction where it was given

/** Told to one member, on every device of theirs. */
export interface Notice {
  type: NoticeType;
  at: number;
  readAt: number | null;
  /** What the notice is about. */
  about: { space: string; kind: string; id: string } | null;
  /** Words for the message, e.g. winnerName, reason; short texts only. */
  params: Record<string, string | number>;
}
