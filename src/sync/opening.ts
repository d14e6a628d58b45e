import type { BodyReader } from './body-reader.ts';
import type { EngineMemory } from './engine-memory.ts';

/** Reads all that the stores have, once for whoever asks; behind the first screen, where there is one, and then `read` is told. */
export function createOpening(
  memory: EngineMemory,
  reader: Pick<BodyReader, 'bring'>,
  read: () => void,
): () => Promise<void> {
  const { firstScreen } = memory.deps;
  let reading: Promise<void> | null = null;

  const readAll = async (): Promise<void> => {
    const hasScreen = memory.first !== null;
    if (hasScreen) await firstScreen?.painted();
    await memory.load();
    memory.fold();
    // What is pending shows from the beginning, where the store can be read at once.
    if (memory.bodies.isWanted) await reader.bring().catch(() => undefined);
    if (hasScreen) read();
  };

  return () => {
    // Where it fails, the next one who needs it has it read again.
    reading ??= readAll().catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  };
}
