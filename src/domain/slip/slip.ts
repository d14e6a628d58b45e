/** What the resident holds: a code for the tickets of one visit; a sensitive ticket has a slip of its own. */
export interface Slip {
  /** Nine characters of Crockford's base 32 and a Luhn mod 32 check character. */
  code: string;
  visitId: string | null;
  ticketIds: string[];
  contactId: string;
  /** Which four digits open it: the telephone's last, or the PIN. */
  proof: 'phone' | 'pin';
  createdAt: number;
}
