import * as v from 'valibot';
import type { Household } from '../../src/domain/household/household.ts';
import { idField } from '../../src/domain/mutation/fields.ts';
import { defineMutator } from '../../src/domain/mutation/mutator.ts';
import type { MutationContext, Mutator, WriteTx } from '../../src/domain/mutation/mutator.ts';
import type { Place } from '../../src/domain/place/place.ts';
import type { MutatorRegistry } from '../../src/domain/mutation/mutator-registry.ts';
import { DatabaseFault } from '../../src/server/db/database-fault.ts';

/** A record to which every mutation adds its own mid: applied twice, or out of order, shows at once. */
export interface Counted extends Household {
  mids: string[];
}

const oldArgs = v.strictObject({ id: idField, place: v.any() });
const shared = {
  name: 'sim.append',
  spaceKind: 'grid',
  creates: true,
  authorize: () => undefined,
} as const;
const inGrid = <T extends { place: Place }>(args: T, gridId: string): T => ({
  ...args,
  place: { ...args.place, gridId },
});

const addMid = (tx: WriteTx, id: string, place: Place, { space, mid }: MutationContext): void => {
  const before = tx.get(space, 'household', id) as Counted | undefined;
  const counted: Counted = { place, createdAt: 0, mids: [...(before?.mids ?? []), mid] };
  tx.put('household', id, counted);
};

/** What an older build had, and still writes. */
const oldAppend = defineMutator({
  ...shared,
  version: 1,
  args: oldArgs,
  homing: { place: ({ place }) => place as Place, inGrid },
  apply: (tx, { id, place }, ctx) => {
    addMid(tx, id, place as Place, ctx);
  },
});

const append = defineMutator({
  ...shared,
  version: 2,
  args: v.strictObject({ ...oldArgs.entries, note: v.string() }),
  homing: { place: ({ place }) => place as Place, inGrid },
  apply: (tx, { id, place }, ctx) => {
    addMid(tx, id, place as Place, ctx);
  },
  upcast: { 1: (args) => ({ ...(args as object), note: '' }) },
});

/** Puts a record, or takes it away where it is there: what leaves tombstones. */
const toggle = defineMutator({
  ...shared,
  name: 'sim.toggle',
  version: 1,
  args: oldArgs,
  homing: { place: ({ place }) => place as Place, inGrid },
  apply: (tx, { id, place }, { space }) => {
    if (tx.get(space, 'household', id) === undefined) tx.put('household', id, { place: place as Place, createdAt: 0 });
    else tx.remove('household', id);
  },
});

const doesNothing = (name: string): Mutator =>
  defineMutator({
    name,
    version: 1,
    spaceKind: 'grid',
    creates: true,
    args: v.strictObject({}),
    authorize: () => undefined,
    apply: () => undefined,
  }) as unknown as Mutator;

/** The server of a run answers 500 to every request that holds one, until it is handed in for a coordinator. */
const poison = doesNothing('sim.poison');
/** Every request that holds one is answered 400, until it is handed in for a coordinator. */
const unwelcome = doesNothing('sim.unwelcome');
/** The server's database always asks for time over it. */
const stubborn = doesNothing('sim.stubborn');

/** As the server has them: the phones know nothing of the fault. */
export const withServerFaults = (registry: MutatorRegistry): MutatorRegistry =>
  new Map<string, Mutator>([
    ...registry,
    [
      stubborn.name,
      {
        ...stubborn,
        apply: () => {
          throw new DatabaseFault(Object.assign(new Error('database is locked'), { errcode: 5 }));
        },
      },
    ],
  ]);

export const withSimMutators = (registry: MutatorRegistry): MutatorRegistry =>
  new Map<string, Mutator>([
    ...registry,
    [append.name, append as unknown as Mutator],
    [toggle.name, toggle as unknown as Mutator],
    [poison.name, poison],
    [unwelcome.name, unwelcome],
    [stubborn.name, stubborn],
  ]);

/** The registry of a phone on which an older build is still open. */
export const withOldBuild = (registry: MutatorRegistry): MutatorRegistry =>
  new Map<string, Mutator>([...registry, [oldAppend.name, oldAppend as unknown as Mutator]]);
