import * as v from 'valibot';
import type { Household } from '../../src/domain/household/household.ts';
import { idField } from '../../src/domain/mutation/fields.ts';
import { defineMutator } from '../../src/domain/mutation/mutator.ts';
import type { Mutator } from '../../src/domain/mutation/mutator.ts';
import type { MutatorRegistry } from '../../src/domain/mutation/mutator-registry.ts';

/** A record to which every mutation adds its own mid: applied twice, or out of order, shows at once. */
export interface Counted extends Household {
  mids: string[];
}

const append = defineMutator({
  name: 'sim.append',
  version: 1,
  spaceKind: 'grid',
  creates: true,
  args: v.strictObject({ id: idField, place: v.any() }),
  authorize: () => undefined,
  apply(tx, { id, place }, { mid }) {
    const before = tx.get(tx_space(place.gridId), 'household', id) as Counted | undefined;
    const counted: Counted = { place, createdAt: 0, mids: [...(before?.mids ?? []), mid] };
    tx.put('household', id, counted);
  },
});

const tx_space = (gridId: string): string => `grid:${gridId}`;

/** The server of a run answers 500 to every request that holds one, until it is handed in for a coordinator. */
const poison = defineMutator({
  name: 'sim.poison',
  version: 1,
  spaceKind: 'grid',
  creates: true,
  args: v.strictObject({}),
  authorize: () => undefined,
  apply: () => undefined,
});

export const withSimMutators = (registry: MutatorRegistry): MutatorRegistry =>
  new Map<string, Mutator>([
    ...registry,
    [append.name, append as unknown as Mutator],
    [poison.name, poison as unknown as Mutator],
  ]);
