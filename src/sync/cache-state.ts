import type { EngineMemory } from './engine-memory.ts';
import { ifRoom } from './if-room.ts';

/**
 * Somebody has deleted the cache under this tab, or another tab has begun it anew. Where a space has no rows no cursor
 * tells it: what is known here would be written beside receipts that are gone.
 */
export async function isCacheGone({ deps, meta }: EngineMemory): Promise<boolean> {
  return (await deps.cache.state()).client !== meta.clientId;
}

/** Not where the cache is gone: the client id would make an empty one look like this. The next answer finds out. */
export async function keepCacheState(memory: EngineMemory): Promise<void> {
  if (await isCacheGone(memory)) return;
  const { state } = memory;
  // On a full disk it is kept by the next answer; until then it is what this page knows.
  const isKept = await ifRoom(memory.deps.cache.putState(state).then(() => true));
  // What has been said meanwhile is not in it.
  if (isKept !== null && memory.state === state) memory.isStateKept = true;
}

/** A space goes of which the browser may keep photos: they go as well [PL5]. Kept with the state, by the next answer at the latest. */
export function noteKeepsSeen(memory: EngineMemory): void {
  memory.state = { ...memory.state, keepsSeen: true };
  memory.isStateKept = false;
}
