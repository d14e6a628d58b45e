import { NO_ROLES } from '../domain/actor/actor.ts';
import type { Actor } from '../domain/actor/actor.ts';
import { parseSpace } from '../domain/space/space.ts';
import type { CacheState } from './cache-port.ts';

/** The member as the last sync told of them; without roles before the first. */
export function knownActor(memberId: string, state: CacheState): Actor {
  const gridCommunity: Record<string, string> = {};
  for (const { id, community } of state.allowed) {
    const space = parseSpace(id);
    if (space?.kind === 'grid' && community !== null) gridCommunity[space.owner] = community;
  }
  const member = state.member;
  return { kind: 'member', id: memberId, name: member?.name ?? '', roles: member?.roles ?? NO_ROLES, gridCommunity };
}
