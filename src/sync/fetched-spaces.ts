import type { SpaceId } from '../domain/space/space.ts';
import type { EngineMemory } from './engine-memory.ts';

/** So long nothing is fetched for a space whose rows found no room: the same would come over the line again and again. */
const TRY_AGAIN_MS = 10 * 60_000;

/** The spaces of which rows are asked for: all that are carried, but those for which there was no room a while ago. */
export function fetchedSpaces(memory: EngineMemory): SpaceId[] {
  const now = memory.deps.clock.ticks();
  for (const [id, since] of memory.noRoomFor) if (now - since >= TRY_AGAIN_MS) memory.noRoomFor.delete(id);
  return memory.carried().filter((id) => !memory.noRoomFor.has(id));
}
