import type { Kysely } from 'kysely';
import { NO_ROLES, type Actor, type Roles } from '../../domain/actor/actor.ts';
import { communitySpace, OFFICE, ownerOf } from '../../domain/space/space.ts';
import type { Database } from '../db/schema.ts';

/** The actor that policies are asked about. Somebody who is not there or was deactivated has no roles. */
export async function actorOf(db: Kysely<Database>, memberId: string): Promise<Actor> {
  const member = await db
    .selectFrom('member')
    .select(['name', 'roles', 'active'])
    .where('id', '=', memberId)
    .executeTakeFirst();
  return {
    kind: 'member',
    id: memberId,
    name: member?.name ?? '',
    roles: member?.active ? (JSON.parse(member.roles) as Roles) : NO_ROLES,
    gridCommunity: await readGridCommunities(db),
  };
}

/** The community of every live grid. */
export async function readGridCommunities(db: Kysely<Database>): Promise<Record<string, string>> {
  const communities = await db
    .selectFrom('record')
    .select('id')
    .where('space', '=', OFFICE)
    .where('kind', '=', 'community')
    .where('deleted', '=', 0)
    .execute();
  if (communities.length === 0) return {};
  const spaces = communities.map(({ id }) => communitySpace(id));
  const grids = await db
    .selectFrom('record')
    .select(['id', 'space'])
    .where('space', 'in', spaces)
    .where('kind', '=', 'grid')
    .where('deleted', '=', 0)
    .execute();
  return Object.fromEntries(grids.map(({ id, space }) => [id, ownerOf(space)]));
}
