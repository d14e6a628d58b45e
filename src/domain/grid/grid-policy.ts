import type { Actor } from '../actor/actor.ts';
import { isCoordinatorOfGrid, isVolunteerOf } from '../actor/actor.ts';
import type { MutationContext } from '../mutation/mutator.ts';
import { refuseUnless } from '../mutation/refusal.ts';
import { ownerOf } from '../space/space.ts';

/** Those who go from door to door there, and those who coordinate it. */
export const worksInGrid = (actor: Actor, gridId: string): boolean =>
  isVolunteerOf(actor, gridId) || isCoordinatorOfGrid(actor, gridId);

/** For what is written at a door: visits, matters, slips, contacts. */
export function requireGridWorker({ actor, space }: MutationContext): void {
  refuseUnless(worksInGrid(actor, ownerOf(space)), 'forbidden');
}
