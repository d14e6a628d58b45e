import type { SpaceId } from '../domain/space/space.ts';
import type { CachedSpace } from './cache-port.ts';
import { keepCacheState, noteKeepsSeen } from './cache-state.ts';
import { carriedSpaces } from './carried-spaces.ts';
import type { EngineMemory } from './engine-memory.ts';
import { askForMediaAgain } from './kept-media.ts';

/** Drops spaces from cache and memory at once, with those that the cache failed to drop before; the outbox is never touched. */
export async function dropSpaces(memory: EngineMemory, lost: readonly SpaceId[]): Promise<void> {
  const ids = [...new Set([...memory.undropped, ...lost])];
  if (ids.length === 0) return;
  for (const id of ids) memory.undropped.add(id);
  for (const id of ids) memory.forget(id);
  await memory.deps.cache.dropSpaces(ids);
  for (const id of ids) memory.undropped.delete(id);
  // Who was reading one of them meanwhile may have found it there still.
  for (const id of ids) memory.forget(id);
}

/** What this phone may no longer hold, or leaves out, and lies in the cache all the same: it failed over it, and nobody knows any more. */
export async function dropUncarried(memory: EngineMemory): Promise<void> {
  const { cache } = memory.deps;
  const isHeld = (spaces: Iterable<CachedSpace>, carried: readonly SpaceId[]): SpaceId[] =>
    [...spaces].filter(({ id, cursor }) => cursor !== null && !carried.includes(id)).map(({ id }) => id);
  // Before the first contact nobody has said what may be held.
  if (memory.state.member === null || isHeld(memory.spaces.values(), memory.carried()).length === 0) return;
  // Another tab may have dropped it since, and kept the server's words, or have heard that it may be held.
  const allowed = carriedSpaces(await cache.state(), memory.meta.leftOut);
  const gone = isHeld(await cache.spaces(), [...memory.carried(), ...allowed]);
  if (gone.length === 0) return;
  noteKeepsSeen(memory);
  await dropSpaces(memory, gone);
  await keepCacheState(memory);
}

/**
 * Another client id, under which everything in the archive is sent again: the server tells by the mids what it has
 * [FK2]. The cache belonged to the old one and begins anew.
 */
async function renumber(memory: EngineMemory): Promise<void> {
  await memory.deps.outbox.renumber(memory.deps.ids.mutation());
  await memory.load();
}

/** Another phone has this client's number: what was believed to be settled may be that phone's [FK1]. */
export const repairFork = renumber;

/**
 * The server knows less of a space than it once confirmed: it was restored from a backup. Everything behind its
 * last seq is sent again from the archive, with the same seq and mid [RS2], and that one before them: another phone with our
 * client id may have come first to the restored server, and then it is not ours [FK1]. Where the archive no longer reaches
 * back so far, or has a hole, under a new client id [RS3].
 */
export async function repairLoss(memory: EngineMemory, space: SpaceId, lastSeq: number): Promise<void> {
  await memory.readOutbox();
  const from = Math.max(1, lastSeq);
  const again = memory.rows.filter((row) => row.space === space && row.seq >= from);
  const last = again.reduce((greatest, { seq }) => Math.max(greatest, seq), 0);
  // What was refused and not put aside stands longer than its neighbours: behind such a hole all would be a gap.
  if (again.length > 0 && again.length < last - from + 1) {
    await askForMediaAgain(memory, 'all');
    await renumber(memory);
    return;
  }
  const settled = again.filter((row) => row.settledAt !== null);
  if (settled.length > 0) await memory.deps.outbox.settle(memory.meta.clientId, settled, null);
  await askForMediaAgain(memory, new Set([space]));
  await dropSpaces(memory, [space]);
  await memory.readOutbox();
}
