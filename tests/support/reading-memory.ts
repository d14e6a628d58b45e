import type { IndexRegistry } from '../../src/domain/record/index-definition.ts';
import { digestAdd } from '../../src/protocol/digest.ts';
import type { CachePage } from '../../src/sync/cache-port.ts';
import { emptySpace } from '../../src/sync/empty-cache.ts';
import type { EngineMemory } from '../../src/sync/engine-memory.ts';
import { contentOf } from '../../src/sync/row-content.ts';
import { allowSpaces, idleEngineMemory } from './idle-engine-memory.ts';

export const SPACE = 'grid:1';

/** A page with one more row, each of its own version. */
function pageAfter(memory: EngineMemory): CachePage {
  const { cursor, digest } = memory.space(SPACE);
  const ver = (cursor?.ver ?? 0) + 1;
  const one = { k: 'ticket', id: `t${ver}`, ver, d: { text: '楼道灯不亮' } };
  const next = {
    ...emptySpace(SPACE),
    cursor: { ver, id: '~/' },
    digest: digestAdd(digest, { kind: 'ticket', id: one.id, ver, content: contentOf(one) }),
  };
  return { space: SPACE, from: cursor, receiptsFrom: 0, rows: [one], next, receipts: [] };
}

export async function takeRow(memory: EngineMemory): Promise<void> {
  const page = pageAfter(memory);
  const stored = await memory.deps.cache.applyPage(page);
  memory.takePage({ page, segments: stored?.segments ?? [] });
}

/** A space with one row, and what happens once, between its rows having been read and their being taken. */
export async function readingMemory(meanwhile: (memory: EngineMemory) => Promise<void> | void): Promise<EngineMemory> {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  await memory.load();
  await allowSpaces(memory, [SPACE]);
  await takeRow(memory);
  const { rows } = memory.deps.cache;
  let once: typeof meanwhile | null = meanwhile;
  memory.deps.cache.rows = async (id) => {
    const read = await rows(id);
    const work = once;
    once = null;
    await work?.(memory);
    return read;
  };
  return memory;
}

export const isShown = (memory: EngineMemory, id: string): boolean => memory.base(SPACE).kind('ticket').records.has(id);
