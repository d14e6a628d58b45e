import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { browserClock } from '../../src/client/platform/browser-clock.ts';
import { createFetchSyncTransport } from '../../src/client/transport/fetch-sync-transport.ts';
import { mutators } from '../../src/domain/mutation/mutators.ts';
import { indexes } from '../../src/domain/record/indexes.ts';
import { createSyncEngine } from '../../src/sync/engine.ts';
import type { SyncEngine } from '../../src/sync/engine-api.ts';
import { newCacheDisk, openMemoryCache } from './memory-cache-store.ts';
import { newOutboxDisk, openMemoryOutbox } from './memory-outbox-store.ts';

/** The phone's real engine, rules and transport over a real network; its disks lie in memory. */
export async function openRealPhone(phone: {
  memberId: string;
  cookie: string;
  /** Where the server is now; null: there is no network. */
  url(): string | null;
}): Promise<SyncEngine> {
  const send: typeof fetch = (path, init) => {
    const url = phone.url();
    if (url === null) return Promise.reject(new TypeError('no network'));
    const headers = new Headers(init?.headers);
    headers.set('cookie', phone.cookie);
    return fetch(`${url}${String(path)}`, { ...init, headers });
  };
  const engine = await createSyncEngine({
    memberId: phone.memberId,
    build: 'test',
    outbox: openMemoryOutbox(newOutboxDisk(), randomUUID),
    cache: openMemoryCache(newCacheDisk()),
    transport: createFetchSyncTransport('', send),
    clock: browserClock,
    ids: { record: () => uuidv7(), mutation: () => uuidv7(), random: () => Math.random() },
    locks: { ifFree: (_name, run) => run() },
    mutators,
    indexes,
  });
  engine.start();
  return engine;
}
