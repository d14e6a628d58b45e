import { parseSpace, type SpaceId } from '../domain/space/space.ts';
import type { Waiting } from './engine-api.ts';
import type { EngineDependencies } from './engine-dependencies.ts';
import { ifRoom } from './if-room.ts';
import { dropBrought } from './kept-media.ts';
import type { NewMedia, NewOutboxRow, OutboxRow } from './outbox-port.ts';

type Stores = Pick<EngineDependencies, 'outbox' | 'cache'>;

interface Phone extends Stores {
  waiting(): readonly Waiting[];
}

/**
 * On a full disk what the server has makes room for what it has not, once: photos that were brought, then what can be
 * fetched again [OB8]. The stored copy alone goes: the screen keeps what it has until the next start.
 */
export async function addMakingRoom(
  { outbox, cache, waiting }: Phone,
  rows: readonly NewOutboxRow[],
  media: readonly NewMedia[],
): Promise<OutboxRow[]> {
  const first = await ifRoom(outbox.add(rows, media));
  if (first !== null) return first;
  // A disk so full that not even this goes: the last try says so.
  const freed = await dropBrought(outbox, waiting()).catch(() => false);
  const second = freed ? await ifRoom(outbox.add(rows, media)) : null;
  if (second !== null) return second;
  await makeRoom(cache).catch(() => undefined);
  return outbox.add(rows, media);
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
