import type { Mutator } from './mutator.ts';

/** The mutators by name, as `domain/mutation/mutators.ts` lists them; tests add their own. */
export type MutatorRegistry = ReadonlyMap<string, Mutator>;
