import type { EngineMemory } from './engine-memory.ts';
import { stampOf } from './first-screen.ts';
import type { FirstScreen } from './first-screen.ts';

/** What was kept of the first screen, where the stores still say what they said then; the memory knows all but rows then. */
export async function readFirstScreen(memory: EngineMemory): Promise<FirstScreen | null> {
  // One that cannot be read is none: a store that is away is found out by whoever reads the rest.
  const screen = await memory.deps.cache.firstScreen().catch(() => null);
  if (screen === null || !(await memory.loadHeads())) return null;
  return screen.stamp === stampOf(memory) ? screen : null;
}
