import { gridSpace, parseSpace } from '../domain/space/space.ts';
import type { SpaceId } from '../domain/space/space.ts';
import type { CacheState } from './ports.ts';

/** What this device carries: allowed, and chosen where a choice was made. The own space always comes along. */
export function carriedSpaces(state: CacheState, follow: readonly SpaceId[] | null, own: SpaceId): SpaceId[] {
  const allowed = state.allowed.map((space) => space.id);
  if (follow === null) return allowed;
  const chosen = new Set([...follow, own]);
  return allowed.filter((id) => chosen.has(id));
}

/**
 * May what waits for this space be shown? Before the first contact everything may; afterwards what is allowed,
 * and a contact that belongs to an allowed grid, which nobody carries.
 */
export function mayShow(state: CacheState, space: SpaceId): boolean {
  if (state.member === null) return true;
  const parsed = parseSpace(space);
  const asked = parsed?.kind === 'contact' ? gridSpace(parsed.owner) : space;
  return state.allowed.some((allowed) => allowed.id === asked);
}
