import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { createFetchSyncTransport } from '../../src/client/transport/fetch-sync-transport.ts';
import { mutators } from '../../src/domain/mutation/mutators.ts';
import { indexes } from '../../src/domain/record/indexes.ts';
import type { SyncEngine } from '../../src/sync/engine-api.ts';
import { createSyncEngine } from '../../src/sync/engine.ts';
import type { AccountWorld, Browser } from './account-world.ts';
import { newCacheDisk, openMemoryCache, type CacheDisk } from './memory-cache-store.ts';
import { newOutboxDisk, openMemoryOutbox, type OutboxDisk } from './memory-outbox-store.ts';

export interface AppPhone {
  memberId: string;
  engine: SyncEngine;
  outbox: OutboxDisk;
  cache: CacheDisk;
  /** False: nothing reaches the server. */
  online: boolean;
  /** As often as it takes: a pass that joins another one has nothing of its own. */
  sync(): Promise<void>;
}

/** The phone's real engine and rules, asking the real application in this process; its disks lie in memory. */
export async function openAppPhone(world: AccountWorld, browser: Browser): Promise<AppPhone> {
  const memberId = await browser.memberId();
  const [outbox, cache] = [newOutboxDisk(), newCacheDisk()];
  const send: typeof fetch = (path, init) => {
    if (!phone.online) return Promise.reject(new TypeError('no network'));
    const headers = new Headers(init?.headers);
    headers.set('cookie', browser.cookie);
    return Promise.resolve(world.app.request(String(path), { ...init, headers }));
  };
  const phone: AppPhone = {
    memberId,
    outbox,
    cache,
    online: true,
    engine: await createSyncEngine({
      memberId,
      build: 'test',
      outbox: openMemoryOutbox(outbox, randomUUID),
      cache: openMemoryCache(cache),
      transport: createFetchSyncTransport('', send),
      clock: { now: () => world.deps.now(), ticks: () => world.deps.now(), after: () => () => undefined },
      ids: { record: () => uuidv7(), mutation: () => uuidv7(), random: () => 0.5 },
      locks: { ifFree: (_name, run) => run() },
      mutators,
      indexes,
    }),
    async sync() {
      await phone.engine.syncNow();
      await phone.engine.syncNow();
    },
  };
  return phone;
}
