import { requireCommunityRights } from '../community/community-policy.ts';
import { defineMutator } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { buildingMoveArgs } from './building-args.ts';
import { readBuilding } from './building-policy.ts';

/**
 * 划归: the building belongs to another grid of its community from now on; what stands in it follows, by reaction.
 * Not an edit: who means to move it from a grid in which it no longer stands is told so.
 */
export const moveBuilding = defineMutator({
  name: 'building.move',
  version: 1,
  spaceKind: 'community',
  args: buildingMoveArgs,
  creates: false,
  authorize(_tx, _args, ctx) {
    requireCommunityRights(ctx);
  },
  apply(tx, { id, from, to }, ctx) {
    const building = readBuilding(tx, ctx, id);
    if (building.gridId === to) return;
    refuseUnless(building.gridId === from, 'wrongPlace');
    refuseUnless(tx.get(ctx.space, 'grid', to), 'wrongPlace');
    const formerGrids = [...(building.formerGrids ?? []).filter((grid) => grid !== from && grid !== to), from];
    tx.put('building', id, { ...building, gridId: to, formerGrids });
  },
});
