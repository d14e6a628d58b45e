import { requireCommunityRights } from '../community/community-policy.ts';
import { keepConflicts } from '../conflict/keep-conflicts.ts';
import { createOnce } from '../mutation/create-once.ts';
import { mergeEdits } from '../mutation/merge-edits.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { sameData } from '../mutation/same-data.ts';
import { estateCreateArgs, estateRenameArgs } from './estate-args.ts';

export const createEstate = defineMutator({
  name: 'estate.create',
  version: 1,
  spaceKind: 'community',
  args: estateCreateArgs,
  creates: true,
  authorize(_tx, _args, ctx) {
    requireCommunityRights(ctx);
  },
  apply(tx, { id, ...estate }, { space }) {
    refuseUnless(tx.get(space, 'grid', estate.gridId), 'wrongPlace');
    createOnce(tx, space, 'estate', id, estate, (existing) => sameData(existing, estate));
  },
});

export const renameEstate = defineMutator({
  name: 'estate.rename',
  version: 1,
  spaceKind: 'community',
  args: estateRenameArgs,
  creates: false,
  authorize(_tx, _args, ctx) {
    requireCommunityRights(ctx);
  },
  apply(tx, { id, name }, ctx) {
    const estate = tx.get(ctx.space, 'estate', id);
    refuseUnless(estate, 'notFound');
    const { merged, clashes } = mergeEdits(estate, { name });
    tx.put('estate', id, merged);
    keepConflicts(tx, ctx, { kind: 'estate', id }, clashes);
  },
});
