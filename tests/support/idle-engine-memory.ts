import { NO_ROLES } from '../../src/domain/actor/actor.ts';
import type { IndexRegistry } from '../../src/domain/record/index-definition.ts';
import { EngineMemory } from '../../src/sync/engine-memory.ts';
import { newCacheDisk, openMemoryCache } from './memory-cache-store.ts';
import { newOutboxDisk, openMemoryOutbox } from './memory-outbox-store.ts';

/** What an engine keeps in memory, over empty stores and without a network: for what is computed from it alone. */
export const idleEngineMemory = (
  memberId: string,
  indexes: IndexRegistry,
  outbox = openMemoryOutbox(newOutboxDisk(), () => 'c'),
): EngineMemory =>
  new EngineMemory({
    memberId,
    build: 'test',
    outbox,
    cache: openMemoryCache(newCacheDisk()),
    transport: { sync: () => Promise.reject(new Error('no network here')) },
    clock: { now: () => 0, ticks: () => 0, after: () => () => undefined },
    ids: { record: () => 'r', mutation: () => 'm', random: () => 0 },
    locks: { ifFree: (_name, run) => run() },
    mutators: new Map(),
    indexes,
  });

/** The server allowed it these, as its cache remembers. */
export async function allowSpaces(memory: EngineMemory, ids: readonly string[]): Promise<void> {
  const roles = { ...NO_ROLES, volunteer: [], coordinator: [] };
  const allowed = ids.map((id) => ({ id, community: null, ver: 0 }));
  await memory.deps.cache.putState({ ...memory.state, member: { id: 'm', name: '何田', roles }, allowed });
  await memory.readState();
}
