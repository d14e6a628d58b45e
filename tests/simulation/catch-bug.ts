import type { PlantedBug } from './planted-bugs.ts';
import { runSeed } from './run-seed.ts';

export interface Caught {
  bug: PlantedBug;
  /** Null: all of the seeds let it through. */
  seed: number | null;
  /** What caught it: the invariants that it broke in that seed. */
  by: readonly string[];
}

/** The first seed that does not let the fault through. */
export async function catchBug(bug: PlantedBug, seeds: number): Promise<Caught> {
  for (let seed = 1; seed <= seeds; seed++) {
    const { found } = await runSeed(seed, { bug });
    if (found.length > 0) return { bug, seed, by: [...new Set(found.map((each) => each.split(' ')[0] ?? ''))].sort() };
  }
  return { bug, seed: null, by: [] };
}

export const describeCaught = (all: readonly Caught[]): string =>
  ['planted bug                 seed  caught by']
    .concat(all.map(({ bug, seed, by }) => `${bug.padEnd(26)}${String(seed ?? 'no').padStart(6)}  ${by.join(' ')}`))
    .join('\n');
