import type { SpaceId } from '../domain/space/space.ts';
import type { Waiting } from './engine-api.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { MediaRow, OutboxStore } from './outbox-port.ts';
import { wantedIn } from './wanted-media.ts';

/** So long bytes stay that the server has: a server that is restored from the backup of a night before has not [PH13]. */
export const KEPT_MS = 7 * 24 * 60 * 60_000;

/** The server said that it has them whole, and nothing is to be done about them. */
export const isBrought = ({ broughtAt, refused }: MediaRow): boolean => broughtAt !== null && refused === null;

/** They have been kept for long enough: they go once the server has said once more that it has them. */
export const isKeptLongEnough = ({ broughtAt }: MediaRow, { serverTime }: EngineMemory): boolean =>
  broughtAt !== null && serverTime !== null && broughtAt + KEPT_MS <= serverTime;

/** The server began these spaces anew, or knows less of them: whether it has what their mutations name is asked again. */
export async function askForMediaAgain(memory: EngineMemory, spaces: ReadonlySet<SpaceId> | 'all'): Promise<void> {
  memory.mediaUnderWay.doubts += 1;
  const mids = new Set(memory.rows.filter(({ space }) => spaces !== 'all' && spaces.has(space)).map(({ mid }) => mid));
  await askAgain(memory, (row) => spaces === 'all' || row.mids.some((mid) => mids.has(mid)));
}

/** Brings them once more, unless the server says then that it has them. */
export async function askAgain(memory: EngineMemory, isMeant: (row: MediaRow) => boolean): Promise<void> {
  const { outbox } = memory.deps;
  // Another tab may have brought some of them, and bytes outlive the mutations that name them [PH6].
  const meant = (await outbox.media()).filter((row) => isBrought(row) && isMeant(row));
  for (const { sha } of meant) await outbox.changeMedia(sha, { broughtAt: null });
  if (meant.length > 0) await memory.readMedia();
}

/** Lets go of the bytes that the server has and nobody may send again from here; false where there were none. */
export async function dropBrought(outbox: OutboxStore, waiting: readonly Waiting[]): Promise<boolean> {
  const isWanted = wantedIn(waiting);
  const brought = (await outbox.media()).filter((row) => isBrought(row) && !isWanted(row));
  for (const { sha, mids } of brought) await outbox.removeBrought(sha, mids);
  return brought.length > 0;
}
