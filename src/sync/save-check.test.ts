import * as v from 'valibot';
import { expect, test } from 'vitest';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { defineMutator } from '../domain/mutation/mutator.ts';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { EngineMemory } from './engine-memory.ts';
import { readRecord } from './fold.ts';
import type { OutboxRow } from './outbox-port.ts';
import { checkSave } from './save-check.ts';

let runs = 0;

/** Adds its own mid to one record. */
const append = defineMutator({
  name: 'append',
  version: 1,
  spaceKind: 'grid',
  creates: true,
  args: v.strictObject({}),
  authorize: () => undefined,
  apply: (tx, _args, { space, mid }) => {
    runs += 1;
    const before = tx.get(space, 'visit', 'a') as unknown as { mids: string[] } | undefined;
    tx.put('visit', 'a', { mids: [...(before?.mids ?? []), mid] } as never);
  },
});

function someMemory(): EngineMemory {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  memory.deps.mutators = new Map([['append', append]]);
  runs = 0;
  return memory;
}

const row = (mid: string, seq: number): OutboxRow => ({
  mid,
  space: 'grid:1',
  seq,
  name: 'append',
  v: 1,
  args: {},
  at: 1,
  saveId: mid,
  about: null,
  asideAt: null,
  settledAt: null,
});

const mids = (memory: EngineMemory): unknown =>
  (readRecord(memory, 'grid:1', 'visit', 'a')?.data as { mids?: string[] } | undefined)?.mids;

test('what a save makes is shown as it was checked, without being run again', () => {
  const memory = someMemory();
  const rows = [row('m1', 1), row('m2', 2)];
  memory.take(rows, checkSave(rows, memory));
  expect(mids(memory)).toEqual(['m1', 'm2']);
  expect(runs).toBe(2);
  memory.fold();
  expect(mids(memory)).toEqual(['m1', 'm2']);
});

test('[VW1] what came between its check and its end lies under it', () => {
  const memory = someMemory();
  const rows = [row('m2', 2)];
  const checked = checkSave(rows, memory);
  memory.rows.push(row('m1', 1));
  memory.fold();
  memory.take(rows, checked);
  expect(mids(memory)).toEqual(['m1', 'm2']);
});
