import type { ClaimView } from '../../../domain/claim/claim-view.ts';

/** The day counts only until the first step: after that a claim no longer falls back by itself. */
export const dayCounts = (claim: ClaimView): boolean => claim.state === 'active';

/** What a telephone's dialler takes. */
export const telLink = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;
