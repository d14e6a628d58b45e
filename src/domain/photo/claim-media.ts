import { readOpenClaim } from '../claim/claim-policy.ts';
import { requireOwnSpace } from '../member/member-policy.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { claimAddMediaArgs } from './media-args.ts';
import { mediaOf } from './media-of.ts';
import { withAdded } from './with-added.ts';

/** 办理前 and 办理后, by whoever holds the claim; a reaction brings them onto the ticket. */
export const addClaimMedia = defineMutator({
  name: 'claim.addMedia',
  version: 1,
  spaceKind: 'member',
  args: claimAddMediaArgs,
  creates: true,
  authorize(_tx, _args, ctx) {
    requireOwnSpace(ctx);
  },
  apply(tx, { id, media }, ctx) {
    const view = readOpenClaim(tx, ctx, id);
    const all = withAdded(mediaOf(view), media, 'claimer', ctx);
    tx.put('claimView', id, { ...view, media: all, updatedAt: ctx.at });
  },
});
