import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { requireOwnSpace } from '../member/member-policy.ts';
import { hasResultPhoto } from '../photo/media-of.ts';
import { derivedId } from '../place/place.ts';
import { claimFulfilArgs, claimProgressArgs, claimReleaseArgs } from './claim-args.ts';
import { readOpenClaim } from './claim-policy.ts';
import { withoutContact } from './without-contact.ts';

/** A note of what was done; the first one says that the work has begun. */
export const progressClaim = defineMutator({
  name: 'claim.progress',
  version: 1,
  spaceKind: 'member',
  args: claimProgressArgs,
  creates: false,
  authorize(_tx, _args, ctx) {
    requireOwnSpace(ctx);
  },
  apply(tx, { id, text }, ctx) {
    const view = readOpenClaim(tx, ctx, id);
    const note = { id: derivedId('note', ctx.mid), at: ctx.at, text };
    tx.put('claimView', id, { ...view, state: 'inProgress', notes: [...view.notes, note], updatedAt: ctx.at });
  },
});

/** 已实现, or how far it came. The contact stays until the resident has said so too. */
export const fulfilClaim = defineMutator({
  name: 'claim.fulfil',
  version: 1,
  spaceKind: 'member',
  args: claimFulfilArgs,
  creates: false,
  authorize(_tx, _args, ctx) {
    requireOwnSpace(ctx);
  },
  apply(tx, { id, outcome, result }, ctx) {
    const view = readOpenClaim(tx, ctx, id);
    refuseUnless(result !== '' || hasResultPhoto(view), 'resultMissing');
    tx.put('claimView', id, { ...view, state: 'fulfilled', outcome, result, updatedAt: ctx.at });
  },
});

/** 放弃: the wish goes back to the wall, and address and contact leave the phone at once. */
export const releaseClaim = defineMutator({
  name: 'claim.release',
  version: 1,
  spaceKind: 'member',
  args: claimReleaseArgs,
  creates: false,
  authorize(_tx, _args, ctx) {
    requireOwnSpace(ctx);
  },
  apply(tx, { id }, ctx) {
    const view = readOpenClaim(tx, ctx, id);
    tx.put('claimView', id, { ...withoutContact(view), state: 'released', updatedAt: ctx.at });
  },
});
