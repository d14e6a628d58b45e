import type { SpaceId } from '../domain/space/space.ts';
import { BATCH_BYTES, MAX_MUTATIONS, QUICK_BATCH_BYTES } from '../protocol/sync-messages.ts';
import type { PushedMutation, SyncRequest } from '../protocol/sync-messages.ts';
import type { EngineMemory } from './engine-memory.ts';
import { isHandedOver } from './hand-over.ts';
import type { OutboxRow } from './outbox-port.ts';
import { asksToHold, waitLeft } from './trouble.ts';
import type { Trouble } from './trouble.ts';
import { utf8Length } from './utf8-length.ts';

export const FIRST_BATCH = 64;
/** A link that carries a first batch, or as many rows, in so short a time carries the largest well within a request's. */
const QUICK_MS = 1_000;
/** As many runs of mutations as one request may hold. */
const MAX_PUSH_RUNS = 200;

/** How much goes into the next request; learnt from what the server took. */
export interface BatchPolicy {
  limit: number;
  bytes: number;
  /** A batch was too much once: from then on it grows step by step. */
  halved: boolean;
  /** Spaces where the server last asked for time: so many of their mutations go at once [PS9]. */
  narrow: Map<SpaceId, number>;
}

export const newBatchPolicy = (): BatchPolicy => ({
  limit: FIRST_BATCH,
  bytes: BATCH_BYTES,
  halved: false,
  narrow: new Map(),
});

/** Rows that the server has to be sent, in order of writing; in each space from the first unsettled one on [PS2]. */
export function unsentRows(
  memory: EngineMemory,
  isSettled = (row: OutboxRow): boolean => memory.isSettled(row),
): OutboxRow[] {
  const open = new Set<SpaceId>();
  return memory.rows.filter((row) => {
    if (!open.has(row.space) && isSettled(row)) return false;
    open.add(row.space);
    return true;
  });
}

const pushed = (row: OutboxRow, trouble?: Trouble): PushedMutation => {
  const { seq, mid, name, v, args, at } = row;
  const mutation: PushedMutation = { seq, mid, name, v, args, at };
  return isHandedOver(row) || (trouble !== undefined && asksToHold(trouble))
    ? { ...mutation, quarantine: true }
    : mutation;
};

/** What a mutation takes on the wire; a row stays as it was written. */
const sizes = new WeakMap<OutboxRow, number>();

function sizeOf(row: OutboxRow, mutation: PushedMutation): number {
  const size = sizes.get(row) ?? utf8Length(JSON.stringify(mutation));
  sizes.set(row, size);
  return size;
}

/** The first unsettled mutation of each space. */
function heads(unsent: readonly OutboxRow[]): Map<SpaceId, OutboxRow> {
  const first = new Map<SpaceId, OutboxRow>();
  for (const row of unsent) if (!first.has(row.space)) first.set(row.space, row);
  return first;
}

/** Those in trouble that stand at the head of their space: the pushes that are due, and how long until the next one. */
export function troubledPushes(memory: EngineMemory): { due: SyncRequest['push']; waitMs: number | null } {
  const due: SyncRequest['push'] = [];
  let waitMs: number | null = null;
  for (const row of heads(unsentRows(memory)).values()) {
    const trouble = memory.troubles.get(row.mid);
    if (trouble === undefined) continue;
    const left = waitLeft(trouble, memory.deps.clock.ticks());
    if (left === 0) due.push({ space: row.space, mutations: [pushed(row, trouble)] });
    else waitMs = Math.min(waitMs ?? left, left);
  }
  return { due, waitMs };
}

/**
 * The next push: mutations in order of writing, as many as the policy allows. A space is named again where the
 * writing came back to it, so that what was written later in one space finds what was written before in another.
 * Nothing goes from a space whose head is in trouble [PS3].
 */
export function buildPush(
  memory: EngineMemory,
  policy: BatchPolicy,
  isSettled?: (row: OutboxRow) => boolean,
): SyncRequest['push'] {
  const all = unsentRows(memory, isSettled);
  const first = heads(all);
  const room = new Map(policy.narrow);
  const unsent = all.filter(({ space }) => {
    const left = room.get(space) ?? Infinity;
    if (memory.troubles.has(first.get(space)?.mid ?? '') || left === 0) return false;
    room.set(space, left - 1);
    return true;
  });
  const push: SyncRequest['push'] = [];
  let { bytes } = policy;
  for (const row of unsent.slice(0, Math.min(policy.limit, MAX_MUTATIONS))) {
    const mutation = pushed(row);
    const size = sizeOf(row, mutation);
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
export const grown = (limit: number): number => Math.min(MAX_MUTATIONS, limit * 2);

/** What an exchange shows of the link: so many mutations and rows went over it in this time [PS5]. */
export function noteLink(policy: BatchPolicy, carried: number, ms: number): void {
  if (policy.halved || carried < FIRST_BATCH || ms < 0 || ms >= QUICK_MS) return;
  policy.limit = MAX_MUTATIONS;
  policy.bytes = QUICK_BATCH_BYTES;
}

/** So did what was sent of a space that had been narrowed. */
export function widen(policy: BatchPolicy, space: SpaceId): void {
  const narrow = policy.narrow.get(space);
  if (narrow === undefined) return;
  if (narrow * 2 > MAX_MUTATIONS) policy.narrow.delete(space);
  else policy.narrow.set(space, narrow * 2);
}

/** The server could not take a batch of this size: the next is half of it. */
export function halve(policy: BatchPolicy, size: number): void {
  policy.limit = Math.max(1, Math.floor(Math.min(policy.limit, size) / 2));
  policy.bytes = BATCH_BYTES;
  policy.halved = true;
}
