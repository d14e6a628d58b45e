import { expect, test } from 'vitest';
import { NO_ROLES } from '../domain/actor/actor.ts';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { isShown, readingMemory, SPACE } from '../../tests/support/reading-memory.ts';
import type { TextResponse } from '../protocol/sync-lines.ts';
import { readSpaces } from './read-spaces.ts';
import { newRound } from './round.ts';
import { takeAllowed, takeRevoked } from './take-allowed.ts';

const REVOKED: TextResponse = {
  epoch: 'e',
  serverTime: 1,
  member: { id: 'm', name: '周小禾', roles: { ...NO_ROLES, volunteer: [], coordinator: [] } },
  revoked: true,
  allowed: [],
  pushed: [],
  pages: [],
  resets: [],
};

test('[RV1] who reads a space while a revoked phone empties its cache brings nothing back', async () => {
  const memory = await readingMemory(() => undefined);
  const { cache } = memory.deps;
  const { clear } = cache;
  let found = false;
  cache.clear = async () => {
    await readSpaces(memory, [SPACE]);
    found = isShown(memory, 't1');
    await clear();
  };
  await takeRevoked(memory, REVOKED, newRound(), null);
  expect([found, isShown(memory, 't1'), memory.spaces.size]).toEqual([true, false, 0]);
});

test('[RV1] drafts are forgotten at each answer to a revoked session, and taken again with the first good one', async () => {
  const memory = await readingMemory(() => undefined);
  const told: string[] = [];
  memory.deps.drafts = {
    forget: async () => void told.push('forget'),
    takeAgain: () => told.push('take again'),
  };
  await takeRevoked(memory, REVOKED, newRound(), null);
  await takeRevoked(memory, REVOKED, newRound(), null);
  await takeAllowed(memory, { ...REVOKED, revoked: false }, newRound());
  expect(told).toEqual(['forget', 'forget', 'take again']);
});

test('[PL5] roles and spaces that a store failed to keep are kept by the next answer', async () => {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  const { cache } = memory.deps;
  const { putState } = cache;
  await memory.load();
  const answer = { ...REVOKED, revoked: false, allowed: [{ id: SPACE, community: null, ver: 1 }] };
  cache.putState = () => Promise.reject(new Error('not now'));
  await expect(takeAllowed(memory, answer, newRound())).rejects.toThrow('not now');
  cache.putState = putState;
  await takeAllowed(memory, answer, newRound());
  expect((await cache.state()).allowed).toEqual(answer.allowed);
});
