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

test('a photo of an unsent record goes with it, and one that waits alone counts once with its thumbnail', async () => {
  const outbox = await openOutboxStore('m1', () => 'client');
  await outbox.add([row('a')], [bytes('photo', 'a', false), bytes('thumb', 'a', true)]);
  expect(await countWaiting('m1')).toBe(1);
  await outbox.settle('client', await outbox.all(), 5);
  expect(await countWaiting('m1')).toBe(1);
  await outbox.changeMedia('photo', { broughtAt: 6 });
  await outbox.changeMedia('thumb', { broughtAt: 6 });
  expect(await countWaiting('m1')).toBe(0);
  outbox.close();
});
