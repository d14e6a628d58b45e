import type { Kysely } from 'kysely';
import { NO_ROLES, type Actor, type Roles } from '../../domain/actor/actor.ts';
import { communitySpace, OFFICE, ownerOf } from '../../domain/space/space.ts';
import { prepareQuery } from '../db/prepared-query.ts';
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
    gridCommunity: (await findPlaces(db)).gridCommunity,
  };
}

const findCommunities = prepareQuery<Record<never, never>, { id: string }>((db) =>
  db
    .selectFrom('record')
    .select('id')
    .where('space', '=', OFFICE)
    .where('kind', '=', 'community')
    .where('deleted', '=', 0)
    .orderBy('id'),
);

const findGrids = prepareQuery<{ spaces: readonly string[] }, { id: string; space: string }>((db, arg) =>
  db
    .selectFrom('record')
    .select(['id', 'space'])
    .where('space', 'in', arg('spaces'))
    .where('kind', '=', 'grid')
    .where('deleted', '=', 0),
);

/** The office's parts, as the rights of everybody are reckoned by them. */
export interface Places {
  communityIds: readonly string[];
  /** The community of every live grid. */
  gridCommunity: Readonly<Record<string, string>>;
}

export async function findPlaces(db: Kysely<Database>): Promise<Places> {
  const communityIds = (await findCommunities(db, {})).map(({ id }) => id);
  if (communityIds.length === 0) return { communityIds, gridCommunity: {} };
  const grids = await findGrids(db, { spaces: communityIds.map(communitySpace) });
  return { communityIds, gridCommunity: Object.fromEntries(grids.map(({ id, space }) => [id, ownerOf(space)])) };
}
