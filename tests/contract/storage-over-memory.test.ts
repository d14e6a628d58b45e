import { describe, test } from 'vitest';
import { newCacheDisk, openMemoryCache } from '../support/memory-cache-store.ts';
import { newOutboxDisk, openMemoryOutbox } from '../support/memory-outbox-store.ts';
import { cacheContract } from './cache-contract.ts';
import { firstScreenContract } from './first-screen-contract.ts';
import { outboxContract } from './outbox-contract.ts';
import { outboxMediaContract } from './outbox-media-contract.ts';

describe('outbox in memory', () => {
  test.each([...outboxContract, ...outboxMediaContract])('$name', async ({ run }) => {
    const disk = newOutboxDisk();
    await run(() => Promise.resolve(openMemoryOutbox(disk, () => 'client-1')));
  });
});

describe('cache in memory', () => {
  test.each([...cacheContract, ...firstScreenContract])('$name', async ({ run }) => {
    const disk = newCacheDisk();
    await run(() => Promise.resolve(openMemoryCache(disk)));
  });
});
