import type { SpaceId } from '../../domain/space/space.ts';
import type { PokeHub } from '../dependencies.ts';

/**
 * Within one process. Several processes tell each other through the database's own channel. What is published at
 * once, as after a commit that many shared, is told once for each space, with its newest version.
 */
export function createPokeHub(): PokeHub {
  const listeners = new Set<(space: SpaceId, ver: number) => void>();
  let untold = new Map<SpaceId, number>();
  const tell = () => {
    const pokes = untold;
    untold = new Map();
    for (const [space, ver] of pokes) for (const listener of listeners) listener(space, ver);
  };
  return {
    publish(space, ver) {
      if (untold.size === 0) queueMicrotask(tell);
      untold.set(space, Math.max(ver, untold.get(space) ?? 0));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
