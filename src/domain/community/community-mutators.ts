import { keepConflicts } from '../conflict/keep-conflicts.ts';
import { createOnce } from '../mutation/create-once.ts';
import { mergeEdits } from '../mutation/merge-edits.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { requireOfficeRights } from '../office/office-policy.ts';
import { communityCreateArgs, communityEditArgs } from './community-args.ts';

/** Its first grid follows, by `defaultGrid`: a community has at least one. */
export const createCommunity = defineMutator({
  name: 'community.create',
  version: 1,
  spaceKind: 'office',
  args: communityCreateArgs,
  creates: true,
  authorize(_tx, _args, { actor }) {
    requireOfficeRights(actor);
  },
  apply(tx, { id, name, phone }, { space }) {
    createOnce(tx, space, 'community', id, { name, phone }, (existing) => existing.name === name);
  },
});

export const editCommunity = defineMutator({
  name: 'community.edit',
  version: 1,
  spaceKind: 'office',
  args: communityEditArgs,
  creates: false,
  authorize(_tx, _args, { actor }) {
    requireOfficeRights(actor);
  },
  apply(tx, { id, ...edits }, ctx) {
    const community = tx.get(ctx.space, 'community', id);
    refuseUnless(community, 'notFound');
    const { merged, clashes } = mergeEdits(community, edits);
    tx.put('community', id, merged);
    keepConflicts(tx, ctx, { kind: 'community', id }, clashes);
  },
});
