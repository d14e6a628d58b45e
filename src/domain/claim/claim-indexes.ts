import type { KindIndexes } from '../record/index-definition.ts';
import { isOpenClaim } from './claim-policy.ts';
import type { ClaimView } from './claim-view.ts';

/** The same for all of them: it is reckoned once a row. */
const sort = ({ claimedAt }: ClaimView): number => claimedAt;
const by = (key: (view: ClaimView) => string) => ({ key, sort });

export const claimIndexes = {
  all: by(() => ''),
  /** `active` or `ended` */
  byEnd: by(({ state }) => (isOpenClaim(state) ? 'active' : 'ended')),
} satisfies KindIndexes<'claimView'>;
