import type { EngineMemory } from './engine-memory.ts';
import { StorageFull } from './outbox-port.ts';
import type { NewOutboxRow, OutboxRow } from './outbox-port.ts';

/**
 * A store may have written what it says that it could not: then it is saved, and nobody writes it down once more [OB2].
 * Throws the error where it is not there; where that cannot be asked now, the next pass reads the outbox.
 */
export async function whatWasWritten(
  memory: EngineMemory,
  drafts: readonly NewOutboxRow[],
  error: unknown,
): Promise<OutboxRow[]> {
  if (error instanceof StorageFull) throw error;
  const stored = await memory.deps.outbox.all().catch(() => null);
  if (stored === null) {
    memory.isOutboxUnsure = true;
    memory.outboxChanged();
    throw error;
  }
  const mids = new Set(drafts.map(({ mid }) => mid));
  const written = stored.filter(({ mid }) => mids.has(mid));
  if (written.length < mids.size) throw error;
  return written;
}
