import type { SpaceId } from '../../domain/space/space.ts';
import type { PokeHub } from '../dependencies.ts';

/** Within one process. Several processes tell each other through the database's own channel. */
export function createPokeHub(): PokeHub {
  const listeners = new Set<(space: SpaceId, ver: number) => void>();
  return {
    publish(space, ver) {
      for (const listener of listeners) listener(space, ver);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
