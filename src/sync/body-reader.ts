import type { SpaceId } from '../domain/space/space.ts';
import type { EngineMemory } from './engine-memory.ts';
import { readSpaces } from './read-spaces.ts';
import { dropSpaces } from './repair.ts';

/** A store that could not be read is read again so much later. */
const AGAIN_MS = 1000;

export interface BodyReader {
  /** Resolves when all that was asked for is here. */
  bring(): Promise<void>;
  /** What `ask` answers, or throws, once neither it nor what is pending misses anything any more. */
  whole<T>(ask: () => T): Promise<T>;
  stop(): void;
}

/** Reads what the view, a fold or a save asked for and did not find; `came` says where something is to be seen now. */
export function createBodyReader(memory: EngineMemory, came: (spaces: ReadonlySet<SpaceId>) => void): BodyReader {
  let running: Promise<void> | null = null;
  let isStopped = false;
  let cancel = (): void => undefined;

  /** Of these the store had something otherwise when it was last read. */
  let strayed: ReadonlySet<SpaceId> = new Set();

  const run = async (): Promise<void> => {
    const untold = new Set<SpaceId>();
    try {
      while (memory.bodies.isWanted) {
        const { moved, astray } = await memory.bodies.bring();
        for (const space of moved) untold.add(space);
        for (const space of astray) {
          // Another tab has written it elsewhere; where that is not why, it cannot be read and is fetched again.
          if (strayed.has(space)) await dropSpaces(memory, [space]);
          else await readSpaces(memory, [space]);
        }
        strayed = astray;
        if (memory.foldMissed) {
          memory.fold();
          for (const { space } of memory.rows) untold.add(space);
        }
        came(new Set(untold));
        untold.clear();
      }
    } catch (error) {
      tryAgain(untold);
      throw error;
    } finally {
      // In the step that saw that nothing is asked for: who asks a moment later finds nobody at work.
      running = null;
    }
  };

  const bring = (): Promise<void> => {
    running ??= Promise.resolve().then(run);
    return running;
  };
  const bringForAll = (): void => void bring().catch(() => undefined);
  // Who waits for it is told; a screen that shows less meanwhile does not ask by itself.
  const tryAgain = (untold: ReadonlySet<SpaceId>): void => {
    if (isStopped) return;
    cancel();
    cancel = memory.deps.clock.after(AGAIN_MS, () => {
      came(untold);
      bringForAll();
    });
  };
  memory.bodies.onWanted = bringForAll;

  return {
    bring,
    whole: (ask) => whole(memory, bring, ask),
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}

async function whole<T>(memory: EngineMemory, bring: () => Promise<void>, ask: () => T): Promise<T> {
  const { bodies } = memory;
  for (;;) {
    const before = bodies.misses;
    // What is pending is a part of the answer: one that could not be laid over is laid over first.
    if (memory.foldMissed) memory.fold();
    try {
      const answer = ask();
      if (bodies.misses === before) return answer;
    } catch (error) {
      if (bodies.misses === before) throw error;
    }
    await bring();
  }
}
