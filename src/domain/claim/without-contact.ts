import type { ClaimView } from './claim-view.ts';

/** The claim grants address and contact; they go with it. */
export const withoutContact = (view: ClaimView): ClaimView => ({ ...view, address: '', contact: null });
