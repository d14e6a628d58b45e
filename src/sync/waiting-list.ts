import { memberSpace } from '../domain/space/space.ts';
import type { SaveState, SyncPhase, SyncStatus, Waiting } from './engine-api.ts';
import type { EngineMemory } from './engine-memory.ts';
import { heldDecisions, type HeldDecision } from './held-decision.ts';
import { mediaAttention, mediaStatus } from './media-list.ts';
import type { OutboxRow } from './outbox-port.ts';
import type { TroubleFault } from './trouble.ts';

/** Why it does not get through, where its author has to know [PS11]. */
function stuckOver(memory: EngineMemory, row: OutboxRow): TroubleFault | null {
  const trouble = memory.troubles.get(row.mid);
  return trouble?.stuck === true && !memory.isSettled(row) ? trouble.fault : null;
}

type Decisions = ReadonlyMap<string, HeldDecision>;

function stateOf(memory: EngineMemory, decisions: Decisions, row: OutboxRow): SaveState {
  const receipt = memory.wordOn(row);
  if (receipt?.status === 'quarantined' && decisions.get(row.mid)?.as === 'accepted') return 'delivered';
  if (receipt !== null && receipt.status !== 'applied') return 'attention';
  if (memory.isSettled(row)) return 'delivered';
  if (stuckOver(memory, row) !== null) return 'attention';
  return memory.inFlight.has(row.mid) ? 'sending' : 'saved';
}

/** Everything saved here and not yet archived, newest first; drawn from the outbox alone [RC3]. */
export function waitingList(memory: EngineMemory): Waiting[] {
  const decisions = heldDecisions(memory);
  return memory.rows
    .map((row) => ({
      row,
      state: stateOf(memory, decisions, row),
      receipt: memory.wordOn(row),
      decision: decisions.get(row.mid) ?? null,
      stuck: stuckOver(memory, row),
    }))
    .reverse();
}

/** The member's own edits that met another's, and are neither decided nor put aside. */
export function openConflicts(memory: EngineMemory): number {
  if (memory.first !== null) return memory.first.openConflicts;
  let count = 0;
  for (const base of memory.bases.values()) {
    for (const {
      view: { data },
    } of base.kind('conflict').records.values()) {
      if (!('authorId' in data) || !('resolvedAt' in data)) continue;
      const isOpen = data.resolvedAt === null && data.asideAt === undefined;
      if (data.authorId === memory.deps.memberId && isOpen) count += 1;
    }
  }
  return count + openOutOfSight(memory);
}

/** Of these the space is not here: lost, left out, or on its way. What is the member's own of them stands for them. */
function openOutOfSight(memory: EngineMemory): number {
  const base = memory.bases.get(memberSpace(memory.deps.memberId));
  let count = 0;
  for (const {
    view: { id, data },
  } of base?.kind('ownConflict').records.values() ?? []) {
    if (!('mine' in data) || !('asideAt' in data) || data.asideAt !== null) continue;
    const isHere = [...memory.bases.values()].some((one) => one.kind('conflict').records.has(id));
    if (!isHere) count += 1;
  }
  return count;
}

export function statusOf(
  memory: EngineMemory,
  phase: SyncPhase,
  firstSyncRows: number | null,
  lastFault: string | null,
): SyncStatus {
  let waiting = 0;
  let attention = openConflicts(memory) + mediaAttention(memory);
  const decisions = heldDecisions(memory);
  for (const row of memory.rows) {
    const state = stateOf(memory, decisions, row);
    if (!memory.isSettled(row)) waiting += 1;
    if (state === 'attention' && row.asideAt === null) attention += 1;
  }
  const firstSync = firstSyncRows === null ? null : { rows: firstSyncRows };
  const media = mediaStatus(memory);
  return {
    phase,
    waiting,
    attention,
    lastSyncAt: memory.state.lastSyncAt,
    firstSync,
    lastFault,
    ...(media && { media }),
    ...(memory.noRoomFor.size > 0 && { noRoom: true as const }),
  };
}
