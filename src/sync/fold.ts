import { prepareArgs } from '../domain/mutation/prepare-mutation.ts';
import { Refusal } from '../domain/mutation/refusal.ts';
import { runMutation } from '../domain/mutation/run-mutation.ts';
import type { Kind } from '../domain/record/record.ts';
import type { SpaceId } from '../domain/space/space.ts';
import { DraftTx } from './draft-tx.ts';
import type { ViewRecord } from './engine-api.ts';
import type { EngineMemory } from './engine-memory.ts';
import { knownActor } from './known-actor.ts';
import type { OutboxRow } from './outbox-port.ts';

/** What the view holds at this moment: the overlay first, the confirmed row else. */
export function readRecord(memory: EngineMemory, space: SpaceId, kind: Kind, id: string): ViewRecord | undefined {
  const touched = memory.overlay.kind(space, kind)?.touched;
  if (touched?.has(id) === true) return touched.get(id);
  const base = memory.bases.get(space);
  const whole = base?.kind(kind).records.get(id);
  if (whole !== undefined) return whole.view;
  const cold = base?.coldKind(kind);
  const position = cold?.find(id);
  return cold === undefined || position === undefined ? undefined : memory.bodies.get(space, cold, position);
}

/** Whether the view holds it, without what it says. */
export function hasRecord(memory: EngineMemory, space: SpaceId, kind: Kind, id: string): boolean {
  const touched = memory.overlay.kind(space, kind)?.touched;
  if (touched?.has(id) === true) return touched.get(id) !== undefined;
  const base = memory.bases.get(space);
  return base?.kind(kind).records.has(id) === true || base?.coldKind(kind)?.find(id) !== undefined;
}

/** Runs one mutation into the transaction. Throws what its mutator throws. */
export function runInto(
  tx: DraftTx,
  mutation: Pick<OutboxRow, 'space' | 'name' | 'v' | 'args' | 'mid' | 'at'>,
  memory: EngineMemory,
): void {
  const { space, mid, at } = mutation;
  const { mutator, args } = prepareArgs(memory.deps.mutators, mutation.name, mutation.v, mutation.args);
  const ctx = { actor: knownActor(memory.deps.memberId, memory.state), space, mid, at, deviceAt: at, now: at };
  // Before the first contact the phone knows no roles: only the server can tell what is allowed.
  if (memory.state.member === null) mutator.apply(tx, args, ctx);
  else runMutation(mutator, tx, args, ctx);
}

/**
 * Lays one pending mutation over the overlay. One that is refused here, or lacks a record that it needs,
 * waits without an effect; its partial writes are thrown away [VW3]. Answers the name of any other failure.
 */
export function foldRow(row: OutboxRow, memory: EngineMemory): string | null {
  const tx = new DraftTx(row.space, (space, kind, id) => readRecord(memory, space, kind, id));
  try {
    runInto(tx, row, memory);
  } catch (error) {
    return error instanceof Refusal ? null : `fold:${row.name}`;
  }
  memory.overlay.apply(row.space, tx.writes());
  return null;
}
