import type { MutationContext, ReadTx } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { communitySpace, parseSpace } from '../space/space.ts';
import type { Place } from './place.ts';

/**
 * Refuses a place of another grid than the one that is written. A phone may lack the building, and a door may be
 * newer than the layout: what is not known is not held against it.
 */
export function checkPlace(tx: ReadTx, ctx: MutationContext, place: Place): void {
  refuseUnless(place.roomId === null || place.buildingId !== null, 'invalid');
  refuseUnless(parseSpace(ctx.space)?.owner === place.gridId, 'wrongPlace');
  const community = communitySpace(place.communityId);
  const known = ctx.actor.gridCommunity[place.gridId];
  if (known === undefined) refuseUnless(tx.get(community, 'grid', place.gridId), 'wrongPlace');
  else refuseUnless(known === place.communityId, 'wrongPlace');
  if (place.buildingId === null) return;
  const building = tx.get(community, 'building', place.buildingId);
  refuseUnless(building === undefined || building.gridId === place.gridId, 'wrongPlace');
}
