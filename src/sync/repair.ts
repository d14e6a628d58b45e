import type { SpaceId } from '../domain/space/space.ts';
import type { EngineMemory } from './engine-memory.ts';
import { unsentRows } from './push-batch.ts';

/** Drops spaces from cache and memory at once; the outbox is never touched by it. */
export async function dropSpaces(memory: EngineMemory, ids: readonly SpaceId[]): Promise<void> {
  if (ids.length === 0) return;
  for (const id of ids) memory.forget(id);
  await memory.deps.cache.dropSpaces(ids);
}

/** Another client id, these mutations numbered anew; the cache belonged to the old one and begins anew. */
async function renumber(memory: EngineMemory, mids: readonly string[]): Promise<void> {
  await memory.deps.outbox.renumber(memory.deps.ids.mutation(), mids);
  await memory.load();
}

/** Another phone has this client's number: what the server does not know goes under a new one [FK1]. */
export async function repairFork(memory: EngineMemory): Promise<void> {
  await memory.readOutbox();
  await renumber(
    memory,
    unsentRows(memory).map((row) => row.mid),
  );
}

/**
 * The server knows less of a space than it once confirmed: it was restored from a backup. Everything behind its
 * last seq is sent again from the archive, with the same seq and mid [RS2]; where the archive no longer reaches
 * back so far, or holds mutations of an earlier client id, all of it under a new one: the server tells by the mids
 * what it has [RS3].
 */
export async function repairLoss(memory: EngineMemory, space: SpaceId, lastSeq: number): Promise<void> {
  await memory.readOutbox();
  const behind = memory.rows.filter((row) => row.space === space && row.seq > lastSeq);
  const first = behind.reduce((least, row) => Math.min(least, row.seq), Number.POSITIVE_INFINITY);
  const settledEarlier = memory.rows.some((row) => row.seq === 0);
  if (settledEarlier || (behind.length > 0 && first > lastSeq + 1)) {
    await renumber(
      memory,
      memory.rows.map((row) => row.mid),
    );
    return;
  }
  const settled = behind.filter((row) => row.settledAt !== null).map((row) => row.mid);
  if (settled.length > 0) await memory.deps.outbox.settle(settled, null);
  await dropSpaces(memory, [space]);
  await memory.readOutbox();
}

/**
 * The server was restored, or does not hold what this phone has from it: mutations that were settled under an
 * earlier client id may be lost too, and all go again [RS4]. True where there are any.
 */
export async function repairRestored(memory: EngineMemory): Promise<boolean> {
  await memory.readOutbox();
  if (!memory.rows.some((row) => row.seq === 0)) return false;
  await renumber(
    memory,
    memory.rows.map((row) => row.mid),
  );
  return true;
}
