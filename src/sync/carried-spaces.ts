import { parseSpace, spaceOfAccess } from '../domain/space/space.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { AllowedSpace } from '../protocol/sync-messages.ts';
import type { CacheState } from './cache-port.ts';

/** The community whose grid, places or wall a space holds; null for the office's and the member's own. */
export function communityOf({ id, community }: Pick<AllowedSpace, 'id' | 'community'>): string | null {
  const parsed = parseSpace(id);
  if (parsed?.kind === 'community' || parsed?.kind === 'wall') return parsed.owner;
  return community;
}

/**
 * What this device carries: all that is allowed but the communities that it leaves out. So it is said by what is left
 * out: a grid that is new tomorrow comes along by itself.
 */
export function carriedSpaces(state: CacheState, leftOut: readonly string[]): SpaceId[] {
  return state.allowed.filter((space) => !leftOut.includes(communityOf(space) ?? '')).map(({ id }) => id);
}

/**
 * May what waits for this space be shown? Before the first contact everything may; afterwards what is allowed,
 * and a contact that belongs to an allowed grid, which nobody carries.
 */
export function mayShow(state: CacheState, space: SpaceId): boolean {
  if (state.member === null) return true;
  const asked = spaceOfAccess(space);
  return state.allowed.some((allowed) => allowed.id === asked);
}
