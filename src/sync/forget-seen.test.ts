import { expect, test } from 'vitest';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { EMPTY_DIGEST } from '../protocol/digest.ts';
import { forgetSeen } from './forget-seen.ts';
import type { EngineMemory } from './engine-memory.ts';
import { leaveOut } from './leave-out.ts';
import { newRound } from './round.ts';
import { takeAllowed } from './take-allowed.ts';

const KEPT = { id: 'grid:kept', community: 'c', ver: 1 };
const LOST = { id: 'grid:lost', community: 'd', ver: 1 };
const member = {
  id: 'm',
  name: '陈晓',
  roles: { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false },
};

/** A phone that was shown photos; `answers` are what its browser says when it is asked to let go of them. */
async function phone(answers: boolean[]): Promise<EngineMemory> {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  const transport = { head: () => Promise.reject(new Error()), patch: () => Promise.reject(new Error()) };
  memory.deps.photos = { transport, hold: () => null, forgetSeen: () => Promise.resolve(answers.shift() ?? false) };
  await memory.load();
  await hear(memory, [KEPT, LOST]);
  return memory;
}

const hear = (memory: EngineMemory, allowed: (typeof KEPT)[], epoch = 'e'): Promise<void> =>
  takeAllowed(
    memory,
    { epoch, serverTime: 1, member, revoked: false, allowed, pushed: [], pages: [], resets: [] },
    newRound(),
  );

test('[PL5] photos that were shown go with a space, and are asked for until they have gone', async () => {
  const answers = [false, true];
  const memory = await phone(answers);
  await forgetSeen(memory);
  expect(answers).toHaveLength(2);
  await hear(memory, [KEPT]);
  await forgetSeen(memory);
  expect((await memory.deps.cache.state()).keepsSeen).toBe(true);
  await forgetSeen(memory);
  expect((await memory.deps.cache.state()).keepsSeen).toBe(false);
  await forgetSeen(memory);
  expect(answers).toEqual([]);
});

test('[PL5] a server that was put back, or one more space, is no reason', async () => {
  const answers = [true];
  const memory = await phone(answers);
  await hear(memory, [KEPT, LOST, { ...LOST, id: 'grid:more' }], 'another');
  await forgetSeen(memory);
  expect(answers).toHaveLength(1);
});

test('[PL9] they go with what is left out as well', async () => {
  const answers = [true];
  const memory = await phone(answers);
  const next = { ...LOST, cursor: { ver: 1, id: '' }, upTo: null, done: true, appliedSeq: 0, receiptsAfter: 0 };
  memory.keep({ ...next, digest: EMPTY_DIGEST }, memory.base(LOST.id));
  await leaveOut(memory, ['d']);
  await forgetSeen(memory);
  expect(answers).toEqual([]);
});
