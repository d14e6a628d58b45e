import type { KindIndexes } from '../record/index-definition.ts';
import { isOpenClaim } from './claim-policy.ts';
import type { ClaimView } from './claim-view.ts';

const by = (key: (view: ClaimView) => string) => ({ key, sort: ({ claimedAt }: ClaimView) => claimedAt });

export const claimIndexes = {
  all: by(() => ''),
  /** `active` or `ended` */
  byEnd: by(({ state }) => (isOpenClaim(state) ? 'active' : 'ended')),
} satisfies KindIndexes<'claimView'>;
