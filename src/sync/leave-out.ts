import type { SpaceId } from '../domain/space/space.ts';
import { keepCacheState, noteKeepsSeen } from './cache-state.ts';
import { emptySpace } from './empty-cache.ts';
import type { EngineMemory } from './engine-memory.ts';
import { dropSpaces } from './repair.ts';

/** Carries nothing of these communities from now on [PL9]; answers the spaces that went or are to come. */
export async function leaveOut(memory: EngineMemory, communities: readonly string[]): Promise<Set<SpaceId>> {
  const leftOut = [...communities];
  const before = memory.carried();
  await memory.deps.outbox.putMeta({ leftOut });
  memory.meta = { ...memory.meta, leftOut };
  memory.outboxChanged();
  memory.staleOverlay();
  const carried = memory.carried();
  // What was left out before may be here all the same: the browser did not keep the cache's last steps.
  const held = memory.state.allowed.filter(({ id }) => before.includes(id) || memory.space(id).cursor !== null);
  const gone = held.map(({ id }) => id).filter((id) => !carried.includes(id));
  if (gone.length > 0) noteKeepsSeen(memory);
  for (const id of gone) await dropRows(memory, id);
  if (gone.length > 0) await keepCacheState(memory);
  return new Set([...gone, ...carried.filter((id) => !before.includes(id))]);
}

/** Its rows alone: the server's word on what was written there stays, or what was refused would read as delivered. */
async function dropRows(memory: EngineMemory, id: SpaceId): Promise<void> {
  const words = [...memory.receipts.values()].filter(({ space }) => space === id);
  const { receiptsAfter, cursor, heard } = memory.space(id);
  await dropSpaces(memory, [id]);
  if (words.length === 0) return;
  const receipts = words.map(({ space: _, ...receipt }) => receipt);
  const page = {
    space: id,
    from: null,
    receiptsFrom: 0,
    rows: [],
    next: { ...emptySpace(id), receiptsAfter, heard: cursor ?? heard ?? null },
    receipts,
  };
  if ((await memory.deps.cache.applyPage(page)) !== null) memory.takePage({ page, segments: [] });
}
