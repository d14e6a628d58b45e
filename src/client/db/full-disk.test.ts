import { afterEach, expect, test, vi } from 'vitest';
import { idOf } from '../../../tests/support/factories.ts';
import { indexes } from '../../domain/record/indexes.ts';
import { mutators } from '../../domain/mutation/mutators.ts';
import { OFFICE } from '../../domain/space/space.ts';
import { contentHash, digestAdd, EMPTY_DIGEST } from '../../protocol/digest.ts';
import { createSyncEngine } from '../../sync/engine.ts';
import { StorageFull } from '../../sync/outbox-port.ts';
import { TransportError } from '../../sync/transport-port.ts';
import type { CacheStore } from '../../sync/cache-port.ts';
import { browserClock } from '../platform/browser-clock.ts';
import { browserIds } from '../platform/browser-ids.ts';
import { CacheDatabase } from './cache-database.ts';
import { openCacheStore } from './open-cache-store.ts';
import { openOutboxStore } from './open-outbox-store.ts';

const GRID = idOf('grid');
const request = {
  space: `contact:${GRID}`,
  name: 'contact.put',
  v: 1,
  args: { id: idOf('contact'), name: '苏婆婆', phone: '13800001234', pin: '', note: '' },
};

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
  vi.restoreAllMocks();
});

/** A phone whose cache holds one grid and the office, and whose disk is full for whatever is saved. */
async function fullPhone(member: string, isFull: (freed: boolean) => boolean) {
  const outbox = await openOutboxStore(member, () => 'client');
  const store = await openCacheStore(member, { build: 'test', indexes });
  let freed = false;
  const cache: CacheStore = {
    ...store,
    dropSpaces: async (ids) => {
      await store.dropSpaces(ids);
      freed = true;
    },
  };
  const db = new CacheDatabase(member);
  closers.push(outbox.close, cache.close, () => db.close());
  await cache.putState({
    client: (await outbox.meta()).clientId,
    epoch: 'e',
    allowed: [],
    member: null,
    lastSyncAt: 1,
  });
  const digest = digestAdd(EMPTY_DIGEST, { kind: 'visit', id: 'v1', ver: 1, content: contentHash('{}') });
  for (const space of [OFFICE, `grid:${GRID}`]) {
    const next = { id: space, cursor: { ver: 1, id: '' }, upTo: null, done: true, appliedSeq: 0, receiptsAfter: 0 };
    const rows = [{ k: 'visit', id: 'v1', ver: 1, d: {} }];
    await cache.applyPage({ space, from: null, receiptsFrom: 0, rows, next: { ...next, digest }, receipts: [] });
  }
  const spaces = async (): Promise<string[]> => (await db.chunks.toArray()).map((chunk) => chunk.space).sort();
  const add = IDBObjectStore.prototype.add;
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, value, key) {
    if (this.name === 'mutations' && isFull(freed)) throw new DOMException('no room', 'QuotaExceededError');
    return key === undefined ? add.call(this, value) : add.call(this, value, key);
  });
  const engine = await createSyncEngine({
    memberId: member,
    build: 'test',
    outbox,
    cache,
    transport: { sync: () => Promise.reject(new TransportError('offline')) },
    clock: browserClock,
    ids: browserIds,
    locks: { ifFree: (_name, run) => run() },
    mutators,
    indexes,
  });
  return { engine, outbox, spaces };
}

test('[OB8] on a full disk what can be fetched again makes room for what cannot', async () => {
  const { engine, outbox, spaces } = await fullPhone('makes-room', (freed) => !freed);
  expect(await engine.save([request])).toHaveLength(1);
  expect((await outbox.all()).map(({ name, seq }) => [name, seq])).toEqual([['contact.put', 1]]);
  // What is needed at the next door stays.
  expect(await spaces()).toEqual([OFFICE]);
});

test('[OB8] where that makes no room either, the save is refused whole, and the next one goes', async () => {
  let full = true;
  const { engine, outbox } = await fullPhone('stays-full', () => full);
  await expect(engine.save([request, { ...request, args: { ...request.args, id: idOf('other') } }])).rejects.toThrow(
    StorageFull,
  );
  expect(await outbox.all()).toEqual([]);
  full = false;
  expect((await engine.save([request])).map(({ seq }) => seq)).toEqual([1]);
});
