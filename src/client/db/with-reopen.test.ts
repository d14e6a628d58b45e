import Dexie from 'dexie';
import { afterEach, expect, test } from 'vitest';
import { StorageFull } from '../../sync/outbox-port.ts';
import type { NewOutboxRow, OutboxStore } from '../../sync/outbox-port.ts';
import { OutboxDatabase } from './outbox-database.ts';
import { openOutboxStore } from './open-outbox-store.ts';
import { asStorageError } from './storage-error.ts';
import { withReopen } from './with-reopen.ts';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
});

const draft = (mid: string): NewOutboxRow => ({
  mid,
  space: 'grid:1',
  name: 'ticket.log',
  v: 1,
  args: { text: '公房过户' },
  at: 1,
  saveId: 's',
  about: null,
});

test('a handle that the browser closed behind our back is opened anew and the write done', async () => {
  const db = new OutboxDatabase('lost-handle');
  opened.push(db);
  await db.open();
  // As Safari does to tabs in the background: the connection is gone, Dexie does not know.
  db.backendDB().close();
  await withReopen(db, () => db.meta.put({ k: 'a', value: 1 }));
  expect((await db.meta.get('a'))?.value).toBe(1);
});

test('[OB1] a save into an outbox whose connection was taken away is stored, once', async () => {
  const store = await openOutboxStore('closed-beneath', () => 'client');
  opened.push(store);
  await store.add([draft('a')]);
  // Dexie keeps them so, and says nothing of it in its types.
  for (const connection of (Dexie as unknown as { connections: Dexie[] }).connections) {
    if (connection.name === 'outbox-closed-beneath') connection.backendDB().close();
  }
  const rows = await store.add([draft('b')]);
  expect(rows.map(({ mid, seq }) => [mid, seq])).toEqual([['b', 2]]);
  expect((await store.all()).map(({ mid }) => mid)).toEqual(['a', 'b']);
});

test('[OB2] a write whose end got lost is repeated and stored once', async () => {
  const store: OutboxStore = await openOutboxStore('lost-answer', () => 'client');
  opened.push(store);
  const db = new OutboxDatabase('lost-answer');
  opened.push(db);
  let fail = true;
  const rows = await withReopen(db, async () => {
    const added = await store.add([draft('a')]);
    if (fail) {
      fail = false;
      throw Object.assign(new Error('Connection to Indexed Database server lost'), { name: 'UnknownError' });
    }
    return added;
  });
  expect(rows.map(({ mid, seq }) => [mid, seq])).toEqual([['a', 1]]);
  expect(await store.all()).toHaveLength(1);
});

test('a full disk is told as such, however deep the browser hides it, and is not tried again', async () => {
  const db = new OutboxDatabase('full');
  opened.push(db);
  let tries = 0;
  const full = Object.assign(new Error('aborted'), { name: 'AbortError', inner: { name: 'QuotaExceededError' } });
  await expect(
    withReopen(db, () => {
      tries += 1;
      return Promise.reject(full);
    }),
  ).rejects.toThrow(StorageFull);
  expect(tries).toBe(1);
});

test('a fault that a new handle does not cure is thrown after three tries, as it was', async () => {
  const db = new OutboxDatabase('broken');
  opened.push(db);
  let tries = 0;
  const broken = Object.assign(new Error('Internal error'), { name: 'UnknownError' });
  await expect(
    withReopen(db, () => {
      tries += 1;
      return Promise.reject(broken);
    }),
  ).rejects.toBe(broken);
  expect(tries).toBe(3);
  expect(asStorageError(broken)).toBe(broken);
});

test('a store that its owner closed stays closed', async () => {
  const store = await openOutboxStore('signed-out', () => 'client');
  store.close();
  await expect(store.add([draft('late')])).rejects.toThrow();
  const again = await openOutboxStore('signed-out', () => 'client');
  opened.push(again);
  expect(await again.all()).toEqual([]);
});
