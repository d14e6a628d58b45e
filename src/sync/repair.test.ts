import { expect, test } from 'vitest';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import { allowSpaces, idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { isShown, readingMemory, SPACE } from '../../tests/support/reading-memory.ts';
import type { EngineMemory } from './engine-memory.ts';
import { dropSpaces, dropUncarried, repairLoss } from './repair.ts';

/** A phone that has sent six mutations, all settled, of which the archive has let these go. */
async function phoneWithout(gone: readonly string[]): Promise<EngineMemory> {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  memory.deps.ids.mutation = () => 'other';
  const { outbox } = memory.deps;
  const mids = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6'];
  const rows = await outbox.add(
    mids.map((mid) => ({ mid, space: SPACE, name: 'n', v: 1, args: {}, at: 1, saveId: mid, about: null })),
  );
  await outbox.settle('c', rows, 5);
  await outbox.remove(gone);
  await memory.load();
  return memory;
}

const standing = ({ meta, rows }: EngineMemory) => [
  meta.clientId,
  rows.map(({ mid, seq, settledAt }) => `${mid} ${seq} ${settledAt === null ? 'again' : 'settled'}`),
];

test('[RS2] what a restored server has forgotten is sent again under its seqs, and the last that it claims to have', async () => {
  const memory = await phoneWithout(['m1']);
  await repairLoss(memory, SPACE, 4);
  expect(standing(memory)).toEqual(['c', ['m2 2 settled', 'm3 3 settled', 'm4 4 again', 'm5 5 again', 'm6 6 again']]);
});

test.each([
  ['reaches back no further than behind it', ['m1', 'm2', 'm3'], 3],
  ['has a hole behind it', ['m4', 'm5'], 3],
] as const)('[RS3] where the archive %s all is sent under another client id', async (_where, gone, lastSeq) => {
  const memory = await phoneWithout(gone);
  await repairLoss(memory, SPACE, lastSeq);
  const left = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6'].filter((mid) => !(gone as readonly string[]).includes(mid));
  expect(standing(memory)).toEqual(['other', left.map((mid, n) => `${mid} ${n + 1} again`)]);
});

test('[PL5, PL9] what may not be held, or is left out, and lies in the cache all the same goes at the next start', async () => {
  const memory = await readingMemory(() => undefined);
  const start = async (): Promise<unknown[]> => {
    await memory.load();
    return [isShown(memory, 't1'), (await memory.deps.cache.spaces()).map(({ id }) => id)];
  };
  expect(await start()).toEqual([true, [SPACE]]);
  await allowSpaces(memory, []);
  expect(await start()).toEqual([false, []]);
});

test('[PL5] what cannot be dropped at a start keeps nobody from their work, and photos of it go as well', async () => {
  const memory = await readingMemory(() => undefined);
  const { cache } = memory.deps;
  await allowSpaces(memory, []);
  cache.dropSpaces = () => Promise.reject(new Error('not now'));
  await memory.load();
  expect([isShown(memory, 't1'), [...memory.undropped], memory.state.keepsSeen]).toEqual([false, [SPACE], true]);
});

test('[PL9] what another tab has heard to be allowed is not dropped by one that has not', async () => {
  const memory = await readingMemory(() => undefined);
  memory.state = { ...memory.state, allowed: [] };
  await dropUncarried(memory);
  expect([isShown(memory, 't1'), (await memory.deps.cache.spaces()).length]).toEqual([true, 1]);
});

test('[PL5] what a cache failed to drop is dropped with whatever goes next', async () => {
  const memory = await readingMemory(() => undefined);
  const { cache } = memory.deps;
  const { dropSpaces: drop } = cache;
  cache.dropSpaces = () => Promise.reject(new Error('not now'));
  await expect(dropSpaces(memory, [SPACE])).rejects.toThrow('not now');
  expect((await cache.spaces()).map(({ id }) => id)).toEqual([SPACE]);
  cache.dropSpaces = drop;
  await dropSpaces(memory, []);
  expect([await cache.spaces(), memory.undropped.size]).toEqual([[], 0]);
});
