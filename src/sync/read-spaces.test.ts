import { expect, test } from 'vitest';
import { isShown, readingMemory, SPACE, takeRow } from '../../tests/support/reading-memory.ts';
import { EMPTY_DIGEST } from '../protocol/digest.ts';
import { StorageFull } from './outbox-port.ts';
import { readSpaces } from './read-spaces.ts';
import { dropSpaces } from './repair.ts';

test('[PL5] a space that was erased while it was read again does not come back', async () => {
  const memory = await readingMemory((at) => dropSpaces(at, [SPACE]));
  await readSpaces(memory, [SPACE]);
  expect([memory.spaces.has(SPACE), isShown(memory, 't1')]).toEqual([false, false]);
});

test('[VW7] what is here stays while it is read again', async () => {
  const seen: boolean[] = [];
  const memory = await readingMemory((at) => void seen.push(isShown(at, 't1')));
  await readSpaces(memory, [SPACE]);
  expect([...seen, isShown(memory, 't1')]).toEqual([true, true]);
});

test('[PL3] a page that comes while a space is read again is kept, and nothing is fetched again for it', async () => {
  const memory = await readingMemory(takeRow);
  await readSpaces(memory, [SPACE]);
  expect([isShown(memory, 't1'), isShown(memory, 't2')]).toEqual([true, true]);
  expect(memory.space(SPACE).cursor?.ver).toBe(2);
  expect((await memory.deps.cache.spaces()).map(({ cursor }) => cursor?.ver)).toEqual([2]);
});

test('[VW7] where there is no room to write a space anew it is read as it is', async () => {
  const memory = await readingMemory(() => undefined);
  const { cache } = memory.deps;
  const { rows } = cache;
  cache.rows = async (id) => ({ ...(await rows(id)), stored: 5000 });
  let tried = 0;
  cache.tidy = () => {
    tried += 1;
    return Promise.reject(new StorageFull());
  };
  await memory.load();
  expect([tried, isShown(memory, 't1')]).toEqual([1, true]);
});

test('[VW7] rows that do not add up to their digest go', async () => {
  const memory = await readingMemory(() => undefined);
  const { rows } = memory.deps.cache;
  memory.deps.cache.rows = async (id) => ({ ...(await rows(id)), rows: [] });
  await readSpaces(memory, [SPACE]);
  expect([memory.space(SPACE).digest, await memory.deps.cache.spaces()]).toEqual([EMPTY_DIGEST, []]);
});
