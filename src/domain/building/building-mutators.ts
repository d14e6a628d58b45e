import { requireCommunityRights } from '../community/community-policy.ts';
import { keepConflicts } from '../conflict/keep-conflicts.ts';
import { createOnce } from '../mutation/create-once.ts';
import { mergeEdits } from '../mutation/merge-edits.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { sameData } from '../mutation/same-data.ts';
import { buildingCreateArgs, buildingRenameArgs } from './building-args.ts';
import { readBuilding } from './building-policy.ts';
import { hasUniqueIds } from './layout.ts';

/** A building with its whole layout, which may be irregular. */
export const createBuilding = defineMutator({
  name: 'building.create',
  version: 1,
  spaceKind: 'community',
  args: buildingCreateArgs,
  creates: true,
  authorize(_tx, _args, ctx) {
    requireCommunityRights(ctx);
  },
  apply(tx, { id, ...building }, { space }) {
    refuseUnless(tx.get(space, 'estate', building.estateId), 'wrongPlace');
    refuseUnless(tx.get(space, 'grid', building.gridId), 'wrongPlace');
    refuseUnless(hasUniqueIds(building), 'invalid');
    createOnce(tx, space, 'building', id, building, (existing) => sameData(existing, building));
  },
});

export const renameBuilding = defineMutator({
  name: 'building.rename',
  version: 1,
  spaceKind: 'community',
  args: buildingRenameArgs,
  creates: false,
  authorize(_tx, _args, ctx) {
    requireCommunityRights(ctx);
  },
  apply(tx, { id, name }, ctx) {
    const building = readBuilding(tx, ctx, id);
    const { merged, clashes } = mergeEdits(building, { name });
    tx.put('building', id, merged);
    keepConflicts(tx, ctx, { kind: 'building', id }, clashes);
  },
});
