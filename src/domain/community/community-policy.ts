import type { Actor } from '../actor/actor.ts';
import { isCoordinatorOf } from '../actor/actor.ts';
import type { MutationContext } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { mayRunOffice } from '../office/office-policy.ts';
import { ownerOf } from '../space/space.ts';

/** Grids, estates and buildings of a community: the admin's and its coordinators'. */
export const mayShapeCommunity = (actor: Actor, communityId: string): boolean =>
  mayRunOffice(actor) || isCoordinatorOf(actor, communityId);

export function requireCommunityRights({ actor, space }: MutationContext): void {
  refuseUnless(mayShapeCommunity(actor, ownerOf(space)), 'forbidden');
}
