import type { ClaimView } from '../../../domain/claim/claim-view.ts';

/** The day counts only until the first step: after that a claim no longer falls back by itself. */
export const dayCounts = (claim: ClaimView): boolean => claim.state === 'active';

/** Key of what came of a claim that the resident has confirmed: not every one was met. Null while nobody has. */
export const closedKey = ({ state, kind, outcome }: Pick<ClaimView, 'state' | 'kind' | 'outcome'>): string | null =>
  state === 'confirmed' && outcome !== null ? `ticket.closed.${kind}.${outcome}` : null;

/** What a telephone's dialler takes. */
export const telLink = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;

/** A mobile number as people read it out, 3-4-4; any other as it was written. */
export function showPhone(phone: string): string {
  const mobile = /^(\d{3})(\d{4})(\d{4})$/.exec(phone.replace(/[ -]/g, ''));
  return mobile ? mobile.slice(1).join(' ') : phone;
}
