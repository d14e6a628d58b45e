import type { SpaceId } from '../domain/space/space.ts';
import { SpaceBase } from './base.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { CachedSpace } from './cache-port.ts';
import { dropSpaces } from './repair.ts';

/** So often a space is read again that others write meanwhile; their pages are taken as they come. */
const READ_TRIES = 5;
/** A store with more rows than this, of which less than half count, is tidied. */
const TIDY_FROM = 2000;

/** Reads what is known of spaces, without their rows. */
export async function readHeads(memory: EngineMemory): Promise<void> {
  const { cache } = memory.deps;
  for (const space of await cache.spaces()) memory.spaces.set(space.id, space);
  for (const receipt of await cache.receipts()) memory.receipts.set(receipt.mid, receipt);
}

/**
 * Reads what the cache has, and takes it over in one step: what is here stays until then. Rows that do not add up are
 * fetched again; what was erased or came meanwhile is not undone by it.
 */
export async function readAllSpaces(memory: EngineMemory): Promise<void> {
  const { cache } = memory.deps;
  const isMoved = memory.turns.watch();
  const stored = await cache.spaces();
  const receipts = await cache.receipts();
  const read: { space: CachedSpace; base: SpaceBase }[] = [];
  for (const space of stored) read.push({ space, base: await readBase(memory, space) });
  // Erased, or read by somebody else.
  if (isMoved()) return readAllSpaces(memory);
  const moved = [...new Set([...memory.spaces.keys(), ...stored.map(({ id }) => id)])].filter(isMoved);
  memory.forgetSpaces();
  for (const receipt of receipts) memory.receipts.set(receipt.mid, receipt);
  const odd: SpaceId[] = [];
  for (const { space, base } of read) {
    if (base.digest === space.digest) memory.keep(space, base);
    else odd.push(space.id);
  }
  await dropSpaces(memory, odd);
  await readSpaces(memory, moved);
}

/**
 * Reads spaces again; rows that do not add up to their digest are fetched again. What is here stays until the other was
 * read; what was erased or came meanwhile is not undone by it.
 */
export async function readSpaces(memory: EngineMemory, ids: readonly SpaceId[]): Promise<void> {
  let left: readonly SpaceId[] = [...new Set(ids)];
  for (let tries = 0; left.length > 0 && tries < READ_TRIES; tries++) left = await tryToRead(memory, left);
}

/** Answers those that somebody wrote meanwhile. */
async function tryToRead(memory: EngineMemory, ids: readonly SpaceId[]): Promise<SpaceId[]> {
  const { cache } = memory.deps;
  const isMoved = memory.turns.watch();
  const stored = await cache.spaces();
  const receipts = await cache.receipts();
  const moved: SpaceId[] = [];
  for (const id of ids) {
    const space = stored.find((one) => one.id === id);
    const base = space && (await readBase(memory, space));
    const isOdd = base?.digest !== space?.digest;
    const isOld = isOdd && JSON.stringify(await storedSpace(memory, id)) !== JSON.stringify(space);
    if (isOld || isMoved(id)) {
      moved.push(id);
      continue;
    }
    memory.forget(id);
    if (isOdd) await dropSpaces(memory, [id]);
    if (isOdd || space === undefined || base === undefined) continue;
    for (const receipt of receipts) if (receipt.space === id) memory.receipts.set(receipt.mid, receipt);
    memory.keep(space, base);
  }
  return moved;
}

async function storedSpace({ deps }: EngineMemory, id: SpaceId): Promise<CachedSpace | undefined> {
  return (await deps.cache.spaces()).find((space) => space.id === id);
}

async function readBase({ deps }: EngineMemory, { id, digest }: CachedSpace): Promise<SpaceBase> {
  const read = async (): Promise<{ base: SpaceBase; stored: number }> => {
    const base = new SpaceBase(id, deps.indexes);
    const loaded = await deps.cache.rows(id);
    base.load(loaded, digest);
    return { base, stored: loaded.stored };
  };
  const { base, stored } = await read();
  if (stored <= TIDY_FROM || stored <= base.size * 2) return base;
  // Where there is no room to write it anew it is read as it is.
  await deps.cache.tidy(id).catch(() => undefined);
  return (await read()).base;
}
