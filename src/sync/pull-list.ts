import type { SpaceId } from '../domain/space/space.ts';
import type { SyncRequest } from '../protocol/sync-messages.ts';
import type { EngineMemory } from './engine-memory.ts';

const MAX_PULL_SPACES = 500;

/** Spaces in which mutations wait for the server's word, whether this device carries them or not. */
export function unacknowledgedSpaces(memory: EngineMemory): Set<SpaceId> {
  const spaces = new Set<SpaceId>();
  for (const row of memory.rows) {
    if (row.seq > memory.space(row.space).appliedSeq) spaces.add(row.space);
  }
  return spaces;
}

/**
 * Names the spaces to pull: those carried with their rows, and those where only the server's word is
 * awaited without [PL2]. `only` narrows it to what is not done yet in this pass.
 */
export function buildPull(memory: EngineMemory, only: ReadonlySet<SpaceId> | null): SyncRequest['pull'] {
  const carried = new Set(memory.carried());
  const pull: SyncRequest['pull'] = [];
  for (const id of new Set([...carried, ...unacknowledgedSpaces(memory)])) {
    if (only !== null && !only.has(id)) continue;
    const { cursor, upTo, receiptsAfter } = memory.space(id);
    const rows = carried.has(id);
    pull.push({ space: id, cursor: rows ? cursor : null, upTo: rows ? upTo : null, receiptsAfter, rows });
  }
  return pull.slice(0, MAX_PULL_SPACES);
}
