import { requireCommunityRights } from '../community/community-policy.ts';
import { keepConflicts } from '../conflict/keep-conflicts.ts';
import { createOnce } from '../mutation/create-once.ts';
import { mergeEdits } from '../mutation/merge-edits.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { gridCreateArgs, gridRenameArgs } from './grid-args.ts';

export const createGrid = defineMutator({
  name: 'grid.create',
  version: 1,
  spaceKind: 'community',
  args: gridCreateArgs,
  creates: true,
  authorize(_tx, _args, ctx) {
    requireCommunityRights(ctx);
  },
  apply(tx, { id, name }, { space }) {
    createOnce(tx, space, 'grid', id, { name, isDefault: false }, (existing) => existing.name === name);
  },
});

export const renameGrid = defineMutator({
  name: 'grid.rename',
  version: 1,
  spaceKind: 'community',
  args: gridRenameArgs,
  creates: false,
  authorize(_tx, _args, ctx) {
    requireCommunityRights(ctx);
  },
  apply(tx, { id, name }, ctx) {
    const grid = tx.get(ctx.space, 'grid', id);
    refuseUnless(grid, 'notFound');
    const { merged, clashes } = mergeEdits(grid, { name });
    tx.put('grid', id, merged);
    keepConflicts(tx, ctx, { kind: 'grid', id }, clashes);
  },
});
