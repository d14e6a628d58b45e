import { afterEach, expect, test, vi } from 'vitest';
import type { NewOutboxRow, OutboxStore } from '../../sync/outbox-port.ts';
import { openOutboxStore } from './open-outbox-store.ts';

const opened: OutboxStore[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  for (const store of opened.splice(0)) store.close();
});

let count = 0;
/** An outbox in which something was written before. */
async function someOutbox(): Promise<OutboxStore> {
  const store = await openOutboxStore(`at-once-${++count}`, () => 'client');
  opened.push(store);
  await store.add([draft('before')]);
  return store;
}

const draft = (mid: string, space = 'grid:1'): NewOutboxRow => ({
  mid,
  space,
  name: 'ticket.log',
  v: 1,
  args: { text: '雨棚漏雨' },
  at: 1,
  saveId: 's',
  about: null,
});

const stored = async (store: OutboxStore): Promise<unknown> =>
  (await store.all()).map(({ mid, space, seq }) => [mid, space, seq]);

test('[OB1] a save is one transaction, and it is strict', async () => {
  const store = await someOutbox();
  const begun = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await store.add([draft('a'), draft('b', 'contact:1'), draft('c')]);
  expect(begun.mock.calls.map(([, mode, options]) => [mode, options])).toEqual([
    ['readwrite', { durability: 'strict' }],
  ]);
  expect(await stored(store)).toEqual([
    ['before', 'grid:1', 1],
    ['a', 'grid:1', 2],
    ['b', 'contact:1', 1],
    ['c', 'grid:1', 3],
  ]);
});

test('[OB2] what broke off before its end is stored once, whole, with the seqs that it would have had', async () => {
  const store = await someOutbox();
  const broken = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementationOnce(function (this: IDBTransaction) {
    this.abort();
  });
  expect((await store.add([draft('a'), draft('b')])).map(({ seq }) => seq)).toEqual([2, 3]);
  expect(broken).toHaveBeenCalledOnce();
  expect(await stored(store)).toEqual([
    ['before', 'grid:1', 1],
    ['a', 'grid:1', 2],
    ['b', 'grid:1', 3],
  ]);
});

test('[OB2] what was stored though its end was not heard of is answered as it was stored', async () => {
  const store = await someOutbox();
  const { commit } = IDBTransaction.prototype;
  const broken = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementationOnce(function (this: IDBTransaction) {
    commit.call(this);
    this.oncomplete = () => this.onabort?.(new Event('abort'));
  });
  expect((await store.add([draft('a')])).map(({ seq }) => seq)).toEqual([2]);
  expect(broken).toHaveBeenCalledOnce();
  expect(await stored(store)).toEqual([
    ['before', 'grid:1', 1],
    ['a', 'grid:1', 2],
  ]);
});

test('[OB6] an outbox that the browser emptied beneath a tab takes a new client id with the next save', async () => {
  let made = 0;
  const store = await openOutboxStore(`at-once-${++count}`, () => `client-${++made}`);
  opened.push(store);
  await store.add([draft('a')]);
  const emptied = indexedDB.open(`outbox-at-once-${count}`);
  await new Promise((resolve) => (emptied.onsuccess = resolve));
  const trx = emptied.result.transaction(['mutations', 'seqs', 'meta'], 'readwrite');
  for (const name of trx.objectStoreNames) trx.objectStore(name).clear();
  await new Promise((resolve) => (trx.oncomplete = resolve));
  emptied.result.close();
  expect((await store.add([draft('b')])).map(({ seq }) => seq)).toEqual([1]);
  expect((await store.meta()).clientId).toBe('client-2');
});
