import type { ClaimView } from './claim-view.ts';

/** The claim grants address and contact; they go with it, and so do the photos of somebody's home. */
export const withoutContact = ({ media: _, ...view }: ClaimView): ClaimView => ({
  ...view,
  address: '',
  contact: null,
});
