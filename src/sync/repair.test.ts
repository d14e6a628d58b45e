import { expect, test } from 'vitest';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import type { EngineMemory } from './engine-memory.ts';
import { repairLoss } from './repair.ts';

const SPACE = 'grid:1';

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
