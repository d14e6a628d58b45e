/**
 * Who to reach about a slip's matters. Lives in `contact:<gridId>`, which no device follows:
 * it is read one at a time with a reason, or copied into a claim view by a claim.
 */
export interface Contact {
  /** May be empty: a name is never required. */
  name: string;
  /** May be empty; then `pin` is set. */
  phone: string;
  /** Four digits printed on the slip where there is no telephone. */
  pin: string;
  note: string;
}

/** Four digits that open the slip: of the telephone, or of its own. */
export const opensSlip = ({ phone, pin }: Pick<Contact, 'phone' | 'pin'>): boolean => phone !== '' || pin !== '';
