import { isVolunteerOf } from '../actor/actor.ts';
import { mayShapeCommunity } from '../community/community-policy.ts';
import type { MutationContext, ReadTx } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { ownerOf } from '../space/space.ts';
import type { Building } from './building.ts';

export function readBuilding(tx: ReadTx, ctx: MutationContext, id: string): Building {
  const building = tx.get(ctx.space, 'building', id);
  refuseUnless(building, 'notFound');
  return building;
}

/** A missing door is added by whoever stands before it: the grid's volunteers too. */
export function requireMayAddRoom(tx: ReadTx, ctx: MutationContext, id: string): void {
  const { actor, space } = ctx;
  if (mayShapeCommunity(actor, ownerOf(space))) return;
  refuseUnless(actor.kind === 'member' && actor.roles.volunteer.length > 0, 'forbidden');
  refuseUnless(isVolunteerOf(actor, readBuilding(tx, ctx, id).gridId), 'forbidden');
}
