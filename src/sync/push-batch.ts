import type { SpaceId } from '../domain/space/space.ts';
import { BATCH_BYTES, MAX_MUTATIONS } from '../protocol/sync-messages.ts';
import type { PushedMutation, SyncRequest } from '../protocol/sync-messages.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { OutboxRow } from './ports.ts';
import { utf8Length } from './utf8-length.ts';

export const FIRST_BATCH = 64;
/** After so many failures of one mutation alone it is handed in for a coordinator [PS7]. */
export const QUARANTINE_AFTER = 10;
/** As many runs of mutations as one request may hold. */
const MAX_PUSH_RUNS = 200;

/** How much goes into the next request; learnt from what the server took. */
export interface BatchPolicy {
  limit: number;
  /** Mutations that failed alone while the server answered everything else, and how often. */
  suspects: Map<string, number>;
}

export const newBatchPolicy = (): BatchPolicy => ({ limit: FIRST_BATCH, suspects: new Map() });

/** Rows that the server has to be sent, in order of writing; in each space from the first unsettled one on [PS2]. */
export function unsentRows(memory: EngineMemory): OutboxRow[] {
  const open = new Set<SpaceId>();
  return memory.rows.filter((row) => {
    if (!open.has(row.space) && memory.isSettled(row)) return false;
    open.add(row.space);
    return true;
  });
}

const pushed = (row: OutboxRow, policy: BatchPolicy): PushedMutation => {
  const { seq, mid, name, v, args, at } = row;
  const mutation: PushedMutation = { seq, mid, name, v, args, at };
  return (policy.suspects.get(mid) ?? 0) >= QUARANTINE_AFTER ? { ...mutation, quarantine: true } : mutation;
};

/** The first unsettled mutation of each space. */
function heads(unsent: readonly OutboxRow[]): Map<SpaceId, OutboxRow> {
  const first = new Map<SpaceId, OutboxRow>();
  for (const row of unsent) if (!first.has(row.space)) first.set(row.space, row);
  return first;
}

/** Suspects that stand at the head of their space, each to be sent alone once a pass. */
export function suspectPushes(memory: EngineMemory, policy: BatchPolicy): SyncRequest['push'] {
  return [...heads(unsentRows(memory)).values()]
    .filter((row) => policy.suspects.has(row.mid))
    .map((row) => ({ space: row.space, mutations: [pushed(row, policy)] }));
}

/**
 * The next push: mutations in order of writing, as many as the policy allows. A space is named again where the
 * writing came back to it, so that what was written later in one space finds what was written before in another.
 * Nothing goes from a space whose head is a suspect, nor from one that is to be left alone for now [PS3].
 */
export function buildPush(memory: EngineMemory, policy: BatchPolicy, leave: ReadonlySet<SpaceId>): SyncRequest['push'] {
  const all = unsentRows(memory);
  const first = heads(all);
  const unsent = all.filter(({ space }) => !leave.has(space) && !policy.suspects.has(first.get(space)?.mid ?? ''));
  const push: SyncRequest['push'] = [];
  let bytes = BATCH_BYTES;
  for (const row of unsent.slice(0, Math.min(policy.limit, MAX_MUTATIONS))) {
    const mutation = pushed(row, policy);
    const size = utf8Length(JSON.stringify(mutation));
    if (size > bytes && push.length > 0) break;
    bytes -= size;
    const last = push[push.length - 1];
    if (last?.space === row.space) last.mutations.push(mutation);
    else if (push.length < MAX_PUSH_RUNS) push.push({ space: row.space, mutations: [mutation] });
    else break;
  }
  return push;
}

/** A batch went through: the next may be larger [PS5]. */
export function grow(policy: BatchPolicy): void {
  policy.limit = Math.min(MAX_MUTATIONS, policy.limit * 2);
}

/** The server could not take a batch of this size: the next is half of it. */
export function halve(policy: BatchPolicy, size: number): void {
  policy.limit = Math.max(1, Math.floor(Math.min(policy.limit, size) / 2));
}
