import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { NewMedia, NewOutboxRow } from '../../sync/outbox-port.ts';
import { openOutboxStore } from '../db/open-outbox-store.ts';
import { countWaiting } from './count-waiting.ts';

const row = (mid: string): NewOutboxRow => ({
  ...{ mid, space: 'grid:1', name: 'ticket.addMedia', v: 1, args: {}, at: 1, saveId: 's', about: null },
});
const bytes = (sha: string, mid: string, isThumb: boolean): NewMedia => ({
  ...{ sha, type: 'image/jpeg', isThumb, mids: [mid], at: 1, bytes: new ArrayBuffer(2) },
});

test('what was refused is here until it is put aside, and what was delivered is not', async () => {
  const outbox = await openOutboxStore('counted-2', () => 'client');
  const [refused, delivered] = await outbox.add([row('r'), row('d')]);
  const word = { seq: 1, mid: 'r', status: 'rejected' as const, code: 'gone', data: {}, ver: 2 };
  await outbox.settle('client', [{ ...refused!, word }, delivered!], 5);
  expect(await countWaiting('counted-2')).toBe(1);
  await outbox.putAside('r', 6);
  expect(await countWaiting('counted-2')).toBe(0);
  outbox.close();
});

test('a photo of an unsent record goes with it, and one that waits alone counts once with its thumbnail', async () => {
  const outbox = await openOutboxStore('counted-1', () => 'client');
  await outbox.add([row('a')], [bytes('photo', 'a', false), bytes('thumb', 'a', true)]);
  expect(await countWaiting('counted-1')).toBe(1);
  await outbox.settle('client', await outbox.all(), 5);
  expect(await countWaiting('counted-1')).toBe(1);
  await outbox.changeMedia('photo', { broughtAt: 6 });
  await outbox.changeMedia('thumb', { broughtAt: 6 });
  expect(await countWaiting('counted-1')).toBe(0);
  outbox.close();
});
