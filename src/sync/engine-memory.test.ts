import { expect, test } from 'vitest';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import type { NewOutboxRow } from './ports.ts';

const row = (mid: string): NewOutboxRow => ({
  mid,
  space: 'grid:1',
  name: 'n',
  v: 1,
  args: {},
  at: 1,
  saveId: mid,
  about: null,
});

test('[FK1] what another tab writes while the outbox is read is not taken for a fork: the seqs are those of the rows', async () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  const { outbox } = memory.deps;
  await outbox.add([row('m1')]);
  const { all } = outbox;
  outbox.all = async () => {
    await outbox.add([row('m2')]);
    return all();
  };
  await memory.readOutbox();
  expect(memory.rows.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(memory.meta.seqs).toEqual({ 'grid:1': 2 });
});
