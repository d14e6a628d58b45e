import { parseSpace, type SpaceId } from '../domain/space/space.ts';
import type { EngineDependencies } from './engine-dependencies.ts';
import { StorageFull } from './ports.ts';
import type { NewMedia, NewOutboxRow, OutboxRow } from './ports.ts';

type Stores = Pick<EngineDependencies, 'outbox' | 'cache'>;

/**
 * On a full disk what can be fetched again makes room for what cannot, once [OB8]. The stored copy alone goes: the
 * screen keeps what it has until the next start.
 */
export async function addMakingRoom(
  { outbox, cache }: Stores,
  rows: readonly NewOutboxRow[],
  media: readonly NewMedia[],
): Promise<OutboxRow[]> {
  try {
    return await outbox.add(rows, media);
  } catch (error) {
    if (!(error instanceof StorageFull)) throw error;
    // A disk so full that not even this goes: the second try says so.
    await makeRoom(cache).catch(() => undefined);
    return outbox.add(rows, media);
  }
}

async function makeRoom(cache: Stores['cache']): Promise<void> {
  // Without a cursor a space has no rows, and nobody would see that its receipts are gone.
  const spaces = (await cache.spaces()).filter(({ cursor }) => cursor !== null).map(({ id }) => id);
  await cache.dropSpaces(spaces.filter(goesFirst));
}

/** Grids and walls are the largest, and something new is written down without what they hold. */
function goesFirst(space: SpaceId): boolean {
  const kind = parseSpace(space)?.kind;
  return kind === 'grid' || kind === 'wall';
}
