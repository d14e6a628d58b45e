import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test } from 'vitest';
import { OutboxDatabase } from '../../src/client/db/outbox-database.ts';
import { deleteCache, openCacheStore } from '../../src/client/db/open-cache-store.ts';
import { openDraftStore } from '../../src/client/db/open-draft-store.ts';
import { openOutboxStore } from '../../src/client/db/open-outbox-store.ts';
import { cacheContract } from './cache-contract.ts';
import { outboxContract } from './outbox-contract.ts';
import { outboxMediaContract } from './outbox-media-contract.ts';

const opened: { close(): void }[] = [];
let count = 0;

const keep = <T extends { close(): void }>(store: T): T => {
  opened.push(store);
  return store;
};

afterEach(() => {
  for (const store of opened.splice(0)) store.close();
});

describe('outbox over IndexedDB', () => {
  test.each([...outboxContract, ...outboxMediaContract])('$name', async ({ run }) => {
    const member = `m${++count}`;
    await run(async () => keep(await openOutboxStore(member, () => 'client-1')));
  });

  test('args lie as bytes under key 0, so that encryption needs no other schema', async () => {
    const member = `m${++count}`;
    const store = keep(await openOutboxStore(member, () => 'client-1'));
    const args = { text: '楼道脏乱' };
    await store.add([{ mid: 'a', space: 'grid:1', name: 'ticket.log', v: 1, args, at: 1, saveId: 's', about: null }]);
    const db = keep(new OutboxDatabase(member));
    const raw = await db.mutations.toArray();
    expect(raw[0]?.keyId).toBe(0);
    expect(JSON.parse(new TextDecoder().decode(raw[0]?.args))).toEqual(args);
  });

  test('an outbox that the browser emptied is another client', async () => {
    const member = `m${++count}`;
    let made = 0;
    const store = keep(await openOutboxStore(member, () => `client-${++made}`));
    expect((await store.meta()).clientId).toBe('client-1');
    const db = keep(new OutboxDatabase(member));
    await Promise.all(db.tables.map((table) => table.clear()));
    expect((await store.meta()).clientId).toBe('client-2');
  });

  test('drafts lie beside it and outlive a restart', async () => {
    const member = `m${++count}`;
    const drafts = keep(await openDraftStore(member));
    await drafts.put('log', { text: '停车乱' });
    drafts.close();
    const again = keep(await openDraftStore(member));
    expect(await again.get('log')).toEqual({ text: '停车乱' });
    expect(await again.keys()).toEqual(['log']);
    await again.remove('log');
    expect(await again.get('log')).toBeUndefined();
  });
});

describe('cache over IndexedDB', () => {
  test.each(cacheContract)('$name', async ({ run }) => {
    const member = `m${++count}`;
    await run(async () => keep(await openCacheStore(member)));
  });

  test('a deleted cache begins anew', async () => {
    const member = `m${++count}`;
    const store = await openCacheStore(member);
    await store.putState({ client: 'c', epoch: 'e', allowed: [], member: null, lastSyncAt: 3 });
    store.close();
    await deleteCache(member);
    expect((await keep(await openCacheStore(member)).state()).client).toBeNull();
  });
});
