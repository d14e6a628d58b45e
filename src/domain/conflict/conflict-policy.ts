import type { Actor } from '../actor/actor.ts';
import { isCoordinatorOfGrid } from '../actor/actor.ts';
import { mayShapeCommunity } from '../community/community-policy.ts';
import { mayRunOffice } from '../office/office-policy.ts';
import { parseSpace, type SpaceId } from '../space/space.ts';
import type { Conflict } from './conflict.ts';

/** The one whose value did not go in, and whoever has the say in that space. */
export function mayResolve(actor: Actor, space: SpaceId, conflict: Pick<Conflict, 'authorId'>): boolean {
  if (actor.kind === 'member' && conflict.authorId === actor.id) return true;
  return hasTheSay(actor, space);
}

function hasTheSay(actor: Actor, space: SpaceId): boolean {
  const parsed = parseSpace(space);
  if (parsed?.kind === 'grid') return isCoordinatorOfGrid(actor, parsed.owner);
  if (parsed?.kind === 'community') return mayShapeCommunity(actor, parsed.owner);
  return parsed?.kind === 'office' && mayRunOffice(actor);
}
