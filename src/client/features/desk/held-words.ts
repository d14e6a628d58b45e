import type { HeldEntry } from '../../../protocol/desk-messages.ts';

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

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What was written, as far as it can be told without knowing the mutation: it may be of a version that
 * this program does not know. Contacts are not shown: they are read with a reason only.
 */
export interface HeldSummary {
  text: string;
  item: string;
  place: string;
}

export function heldSummary(entry: Pick<HeldEntry, 'mutation' | 'args'>): HeldSummary {
  const args = entry.args;
  if (!isObject(args) || heldWhat(entry.mutation) === 'contact') return { text: '', item: '', place: '' };
  const word = (key: string): string => (typeof args[key] === 'string' ? args[key] : '');
  const place = isObject(args['place']) && typeof args['place']['label'] === 'string' ? args['place']['label'] : '';
  return { text: word('text') || word('result') || word('reason') || word('note'), item: word('item'), place };
}

/** Known reasons for holding; another one is shown as a fault. */
const REASONS = ['noAccess', 'moved', 'revoked', 'fault', 'asked'];
export const heldReason = (reason: string): string => (REASONS.includes(reason) ? reason : 'fault');
