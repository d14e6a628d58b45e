import type { AnyRecord, Kind } from '../record/record.ts';
import type { RecordData } from '../record/record-data.ts';
import type { SpaceId } from '../space/space.ts';
import type { MutationContext, ReadTx } from './mutator.ts';

/** What one mutation did to one record of its space. */
export interface Change {
  space: SpaceId;
  kind: Kind;
  id: string;
  before: AnyRecord['data'] | undefined;
  after: AnyRecord['data'] | undefined;
}

/** A write that follows elsewhere, in the same transaction. `data` undefined removes. */
export type Effect = {
  [K in Kind]: {
    space: SpaceId;
    kind: K;
    id: string;
    data: RecordData[K] | undefined;
    /** Where a record that is removed here stands from now on, under the same id. */
    movedTo?: SpaceId;
    /** It is not here yet: where something leads it here, it is led there from now on. */
    ledOnTo?: SpaceId;
  };
}[Kind];

/** A reaction may also look through a whole space. */
export interface ReactionTx extends ReadTx {
  list(space: SpaceId): readonly AnyRecord[];
}

/** Pure, run by the server alone; effects call no further reactions. */
export interface Reaction {
  name: string;
  /** After an applied mutation. `mutation` is its name, `args` what it was called with. */
  onApplied?(
    changes: readonly Change[],
    tx: ReactionTx,
    ctx: MutationContext,
    mutation: string,
    args: unknown,
  ): Effect[];
  /** After a refused one: who came second is told on every device. */
  onRefused?(
    code: string,
    data: Readonly<Record<string, string | number>>,
    tx: ReactionTx,
    ctx: MutationContext,
    mutation: string,
    args: unknown,
  ): Effect[];
}
