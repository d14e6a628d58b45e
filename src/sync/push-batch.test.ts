import { expect, test } from 'vitest';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { OutboxRow } from './outbox-port.ts';
import { buildPush, FIRST_BATCH, halve, newBatchPolicy, noteLink } from './push-batch.ts';

const KIB = 1024;

const row = (seq: number): OutboxRow => ({
  mid: `m${seq}`,
  space: 'grid:1',
  seq,
  name: 'note',
  v: 1,
  args: { text: '灯'.repeat(800) },
  at: 1,
  saveId: 's',
  about: null,
  asideAt: null,
  settledAt: null,
});

test('[PS5] a quick link carries 512 KiB, any other and one of which a batch was too much 256 KiB', () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  memory.rows = Array.from({ length: 400 }, (_, n) => row(n + 1));
  const policy = { ...newBatchPolicy(), limit: 400 };
  const kib = (): number => {
    const mutations = buildPush(memory, { ...policy, limit: 400 }).flatMap((run) => run.mutations);
    return Buffer.byteLength(mutations.map((mutation) => JSON.stringify(mutation)).join('')) / KIB;
  };
  const isUpTo = (limit: number): void => {
    expect(kib()).toBeLessThanOrEqual(limit);
    // One more would not have gone in.
    expect(kib()).toBeGreaterThan(limit - 3);
  };

  isUpTo(256);
  noteLink(policy, FIRST_BATCH - 1, 10);
  noteLink(policy, FIRST_BATCH, 1_000);
  isUpTo(256);
  noteLink(policy, FIRST_BATCH, 999);
  isUpTo(512);
  halve(policy, 200);
  noteLink(policy, FIRST_BATCH, 10);
  isUpTo(256);
});
