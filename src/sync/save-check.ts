import { Refusal } from '../domain/mutation/refusal.ts';
import { DraftTx } from './draft-tx.ts';
import type { EngineMemory } from './engine-memory.ts';
import { readRecord, runInto } from './fold.ts';
import { Overlay } from './overlay.ts';
import type { Write } from './overlay.ts';
import type { NewOutboxRow } from './outbox-port.ts';
import { utf8Length } from './utf8-length.ts';

/** Larger than any form of ours makes; with its envelope it fits into one request. */
export const MAX_ARGS_BYTES = 200 * 1024;

/** What each mutation makes of its space, by mid, where it goes through over this overlay. */
export interface CheckedSave {
  over: Overlay;
  writes: ReadonlyMap<string, Iterable<Write>>;
}

/**
 * Throws the Refusal where this phone can tell for certain that the server would give it [OB3]: args that do not
 * fit, or a rule broken over records that are all here. Where one is missing, only the server knows.
 * Each mutation of a save sees those before it.
 */
export function checkSave(rows: readonly NewOutboxRow[], memory: EngineMemory): CheckedSave {
  const scratch = new Overlay(memory.deps.indexes);
  const writes = new Map<string, Iterable<Write>>();
  for (const row of rows) {
    if (utf8Length(JSON.stringify(row.args)) > MAX_ARGS_BYTES) throw new Refusal('invalid');
    const tx = new DraftTx(row.space, (space, kind, id) => {
      const touched = scratch.kind(space, kind)?.touched;
      return touched?.has(id) === true ? touched.get(id) : readRecord(memory, space, kind, id);
    });
    try {
      runInto(tx, row, memory);
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'invalid' && tx.missed) continue;
      throw error;
    }
    scratch.apply(row.space, tx.writes());
    writes.set(row.mid, tx.writes());
  }
  return { over: memory.overlay, writes };
}
