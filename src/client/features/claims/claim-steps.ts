import type { ClaimState, ClaimView } from '../../../domain/claim/claim-view.ts';

/** States in which the claimer still works on it; the others have ended. */
const OPEN: readonly ClaimState[] = ['active', 'inProgress'];

export const isOpen = (state: ClaimState): boolean => OPEN.includes(state);

/** The day counts only until the first step: after that a claim no longer falls back by itself. */
export const dayCounts = (claim: ClaimView): boolean => claim.state === 'active';

/** What a telephone's dialler takes. */
export const telLink = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;
