/** What a held mutation was about, for the sentence; unknown ones are one record. */
export type HeldWhat = 'visit' | 'ticket' | 'ticketStep' | 'slip' | 'contact' | 'claim' | 'place' | 'other';

export function heldWhat(mutation: string): HeldWhat {
  if (mutation === 'ticket.log' || mutation === 'ticket.resubmit') return 'ticket';
  switch (mutation.slice(0, mutation.indexOf('.'))) {
    case 'visit':
      return 'visit';
    case 'ticket':
      return 'ticketStep';
    case 'slip':
      return 'slip';
    case 'contact':
      return 'contact';
    case 'claim':
      return 'claim';
    case 'building':
    case 'estate':
    case 'grid':
      return 'place';
    default:
      return 'other';
  }
}

/** Known reasons for holding; another one is shown as a fault. */
const REASONS = ['noAccess', 'moved', 'revoked', 'fault', 'asked'];
export const heldReason = (reason: string): string => (REASONS.includes(reason) ? reason : 'fault');
