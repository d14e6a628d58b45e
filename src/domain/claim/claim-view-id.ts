import { derivedId } from '../place/place.ts';

/** Each claim of a ticket has its own view; `claimMid` is the mutation that won. */
export const claimViewIdOf = (ticketId: string, claimMid: string): string => derivedId('claimView', ticketId, claimMid);
