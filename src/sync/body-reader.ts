import type { SpaceId } from '../domain/space/space.ts';
import type { Bodies } from './bodies.ts';
import type { EngineMemory } from './engine-memory.ts';
import { dropSpaces } from './repair.ts';

export interface BodyReader {
  /** Resolves when all that was asked for is here. */
  bring(): Promise<void>;
  /** What `ask` answers, or throws, once it misses nothing any more. */
  whole<T>(ask: () => T): Promise<T>;
}

/** Reads what the view, a fold or a save asked for and did not find; `came` says where something is to be seen now. */
export function createBodyReader(memory: EngineMemory, came: (spaces: ReadonlySet<SpaceId>) => void): BodyReader {
  let running: Promise<void> | null = null;

  /** Of these the store had something otherwise when it was last read. */
  let strayed: ReadonlySet<SpaceId> = new Set();

  const run = async (): Promise<void> => {
    try {
      while (memory.bodies.isWanted) {
        const { moved, astray } = await memory.bodies.bring();
        for (const space of astray) {
          // Another tab has written it elsewhere; where that is not why, it cannot be read and is fetched again.
          if (strayed.has(space)) await dropSpaces(memory, [space]);
          else await memory.readSpaces([space]);
        }
        strayed = astray;
        if (memory.foldMissed) memory.fold();
        came(moved);
      }
    } finally {
      // In the step that saw that nothing is asked for: who asks a moment later finds nobody at work.
      running = null;
    }
  };

  const bring = (): Promise<void> => {
    running ??= Promise.resolve().then(run);
    return running;
  };
  // A store that cannot be read now is read again when somebody asks again.
  memory.bodies.onWanted = () => void bring().catch(() => undefined);

  return { bring, whole: (ask) => whole(memory.bodies, bring, ask) };
}

async function whole<T>(bodies: Bodies, bring: () => Promise<void>, ask: () => T): Promise<T> {
  for (;;) {
    const before = bodies.misses;
    try {
      const answer = ask();
      if (bodies.misses === before) return answer;
    } catch (error) {
      if (bodies.misses === before) throw error;
    }
    await bring();
  }
}
