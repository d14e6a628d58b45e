import { keepCacheState } from './cache-state.ts';
import type { EngineMemory } from './engine-memory.ts';

/**
 * The browser keeps photos that it has shown, for a year. Where a space is not held any more those of it go, and since nobody
 * can name them, all of them [PL5]. Tried again after each pass until it is done; apart from passes, for a browser may take
 * seconds over it.
 */
export async function forgetSeen(memory: EngineMemory): Promise<void> {
  const { photos } = memory.deps;
  if (memory.state.keepsSeen !== true || photos === undefined) return;
  if (!(await photos.forgetSeen())) return;
  memory.state = { ...memory.state, keepsSeen: false };
  await keepCacheState(memory);
}
