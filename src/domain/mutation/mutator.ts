import type { GenericSchema, InferOutput } from 'valibot';
import type { Actor } from '../actor/actor.ts';
import type { Kind } from '../record/record.ts';
import type { RecordData } from '../record/record-data.ts';
import type { SpaceId, SpaceKind } from '../space/space.ts';
import type { Homing } from './homing.ts';

/** Reads any space that the author may hold. Never lists: a mutator names what it needs by id. */
export interface ReadTx {
  /** The live data, or undefined where there is none. Do not change what it returns. */
  get<K extends Kind>(space: SpaceId, kind: K, id: string): RecordData[K] | undefined;
}

/** Writes the one space that the mutation names. */
export interface WriteTx extends ReadTx {
  put<K extends Kind>(kind: K, id: string, data: RecordData[K]): void;
  remove(kind: Kind, id: string): void;
}

export interface MutationContext {
  actor: Actor;
  /** The space that is written. */
  space: SpaceId;
  /** Random id of the mutation; ids of what it makes beside its args derive from it. */
  mid: string;
  /** When it happened: the server's reckoning, on the phone the phone's own. Milliseconds. */
  at: number;
  /** What the phone's clock said. Milliseconds. */
  deviceAt: number;
  /** When it is decided: the server's clock, on the phone `at`. Terms that somebody has to keep run from here. */
  now: number;
}

/**
 * One named change, run by phone and server alike. Pure: no clock, no randomness, no I/O.
 * Throws `Refusal` and nothing else on purpose.
 */
export interface Mutator<S extends GenericSchema = GenericSchema> {
  name: string;
  version: number;
  /** The kind of space that it writes. */
  spaceKind: SpaceKind;
  /** Further kinds of space that it may write, one a mutation. */
  alsoIn?: readonly SpaceKind[];
  args: S;
  /** Creations of a member without access any more are held for a coordinator, transitions refused. */
  creates: boolean;
  /** Where it belongs when a building has moved meanwhile. */
  homing?: Homing<InferOutput<S>>;
  /** May this actor do this here? Throws Refusal. The client asks the same to hide what would be refused. */
  authorize(tx: ReadTx, args: InferOutput<S>, ctx: MutationContext): void;
  apply(tx: WriteTx, args: InferOutput<S>, ctx: MutationContext): void;
  /** Older released versions, each lifting its args by one: upcast[1] turns version 1 into version 2. */
  upcast?: Readonly<Record<number, (args: unknown) => unknown>>;
}

export const defineMutator = <S extends GenericSchema>(mutator: Mutator<S>): Mutator<S> => mutator;

/** A mutation as its author means it; `mid`, `seq` and times are added where it is saved. */
export interface MutationDraft {
  space: SpaceId;
  name: string;
  v: number;
  args: unknown;
}
