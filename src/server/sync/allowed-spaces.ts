import type { Kysely } from 'kysely';
import { allowedSpaces } from '../../domain/space/space-access.ts';
import { parseSpace } from '../../domain/space/space.ts';
import type { AllowedSpace } from '../../protocol/sync-messages.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import type { Author } from './author.ts';
import { readPlaces, readVersionsOf } from './transaction-memory.ts';

const findVersions = prepareQuery<{ ids: readonly string[] }, { id: string; ver: number }>((db, arg) =>
  db.selectFrom('space').select(['id', 'ver']).where('id', 'in', arg('ids')),
);

/** What a member may hold, with each space's version: the list that a device erases by. */
export async function readAllowedSpaces(db: Kysely<Database>, { actor, revoked }: Author): Promise<AllowedSpace[]> {
  if (revoked) return [];
  const ids = allowedSpaces(actor, (await readPlaces(db)).communityIds);
  const versions = await readVersions(db, ids);
  return ids.map((id) => {
    const space = parseSpace(id);
    const community = space?.kind === 'grid' ? (actor.gridCommunity[space.owner] ?? null) : null;
    return { id, community, ver: versions.get(id) ?? 0 };
  });
}

/** Many who share a snapshot hold the same spaces. Where nothing has been written yet there is no row. */
async function readVersions(db: Kysely<Database>, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const versions = readVersionsOf(db);
  const wanted = ids.filter((id) => !versions.has(id));
  if (wanted.length === 0) return versions;
  const rows = await findVersions(db, { ids: wanted });
  for (const id of wanted) versions.set(id, 0);
  for (const { id, ver } of rows) versions.set(id, ver);
  return versions;
}
