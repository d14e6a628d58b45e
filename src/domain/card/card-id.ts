import { derivedId } from '../place/place.ts';

/** One ticket, one card. */
export const cardIdOf = (ticketId: string): string => derivedId('card', ticketId);
