import type { Actor } from '../actor/actor.ts';
import { parseSpace, type SpaceId } from './space.ts';

/** The community of which a space is a part, as far as the actor knows; of the office's and a member's own none. */
export function communityIn({ gridCommunity }: Pick<Actor, 'gridCommunity'>, space: SpaceId): string | undefined {
  const parsed = parseSpace(space);
  switch (parsed?.kind) {
    case 'grid':
    case 'contact':
      return gridCommunity[parsed.owner];
    case 'community':
    case 'wall':
      return parsed.owner;
    default:
      return undefined;
  }
}
