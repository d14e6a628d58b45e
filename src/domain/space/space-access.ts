import type { Actor } from '../actor/actor.ts';
import { isAdmin, isCoordinatorOf } from '../actor/actor.ts';
import { worksInGrid } from '../grid/grid-policy.ts';
import { communitySpace, gridSpace, memberSpace, OFFICE, parseSpace, wallSpace, type SpaceId } from './space.ts';

const worksInCommunity = (actor: Actor, communityId: string): boolean =>
  isAdmin(actor) ||
  isCoordinatorOf(actor, communityId) ||
  actor.roles.volunteer.some((gridId) => actor.gridCommunity[gridId] === communityId);

/**
 * May the actor hold this space on a device (design §4)? `communities` are the ids of all that exist. Nobody holds
 * contacts; an admin as such holds no grid: who runs the office need not know what residents said.
 */
export function mayRead(actor: Actor, space: SpaceId, communities: readonly string[]): boolean {
  const parsed = parseSpace(space);
  if (actor.kind !== 'member' || parsed === undefined) return false;
  switch (parsed.kind) {
    case 'office':
      return true;
    case 'community':
      return communities.includes(parsed.owner) && worksInCommunity(actor, parsed.owner);
    case 'wall':
      return communities.includes(parsed.owner);
    case 'grid':
      return worksInGrid(actor, parsed.owner);
    case 'member':
      return parsed.owner === actor.id;
    case 'contact':
      return false;
  }
}

/**
 * May the actor hand mutations in for this space? What each of them may do is its own policy.
 * Contacts are written by those who work in the grid, though nobody holds them.
 */
export function mayPushTo(actor: Actor, space: SpaceId): boolean {
  const parsed = parseSpace(space);
  if (parsed === undefined) return false;
  if (actor.kind === 'timer') return true;
  if (actor.kind === 'resident') return parsed.kind === 'grid';
  switch (parsed.kind) {
    case 'office':
    case 'wall':
      return true;
    case 'community':
      return worksInCommunity(actor, parsed.owner);
    case 'grid':
    case 'contact':
      return worksInGrid(actor, parsed.owner);
    case 'member':
      return parsed.owner === actor.id;
  }
}

/** Everything that the actor may hold; a device erases the rest. */
export function allowedSpaces(actor: Actor, communityIds: readonly string[]): SpaceId[] {
  const grids = new Set([...Object.keys(actor.gridCommunity), ...actor.roles.volunteer]);
  const candidates = [
    OFFICE,
    ...communityIds.map(communitySpace),
    ...communityIds.map(wallSpace),
    ...[...grids].sort().map(gridSpace),
    memberSpace(actor.id),
  ];
  return candidates.filter((space) => mayRead(actor, space, communityIds));
}
