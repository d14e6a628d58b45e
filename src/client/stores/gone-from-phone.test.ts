// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SaveState, SyncStatus, Waiting } from '../../sync/engine-api.ts';
import type { OutboxRow } from '../../sync/outbox-port.ts';
import { forgetGone, goneFromPhone, watchWaiting } from './gone-from-phone.ts';

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  goneFromPhone.value = 0;
});
afterEach(() => vi.useRealTimers());

type Outbox = Record<string, SaveState>;

/** An engine as far as it is asked here: what lies in its outbox, by mid, and where that stands. `known`: as far as it has heard. */
async function phoneWith(stored: Outbox, { isRevoked = false, known = stored, member = 'chen' } = {}) {
  let tell = (_status: SyncStatus): void => undefined;
  let heard = known;
  const stop = watchWaiting(
    {
      waiting: () =>
        Object.entries(heard).map(([mid, state]) => ({ row: { mid }, state, receipt: null }) as unknown as Waiting),
      onStatus: (listener) => {
        tell = listener;
        return () => (tell = () => undefined);
      },
      isRevoked: () => isRevoked,
    },
    { all: async () => Object.keys(stored).map((mid) => ({ mid }) as OutboxRow) },
    member,
  );
  await vi.advanceTimersByTimeAsync(1000);
  const change = (next: Outbox, afterMs = 1000): Promise<unknown> => {
    [stored, heard] = [next, next];
    tell({ waiting: Object.values(next).filter((state) => state !== 'delivered').length } as SyncStatus);
    return vi.advanceTimersByTimeAsync(afterMs);
  };
  return { change, stop };
}

test('what waited and is there again, sent or not, is not gone', async () => {
  await phoneWith({ a: 'saved', b: 'sending' });
  await phoneWith({ a: 'delivered', b: 'saved' });
  expect(goneFromPhone.value).toBe(0);
});

test('what waited and is in no outbox any more is told until somebody has looked into it', async () => {
  await phoneWith({ a: 'saved', b: 'sending', c: 'delivered' });
  await phoneWith({ d: 'saved' });
  expect(goneFromPhone.value).toBe(2);
  await phoneWith({});
  expect(goneFromPhone.value).toBe(3);
  forgetGone('chen');
  await phoneWith({});
  expect(goneFromPhone.value).toBe(0);
});

test('what was told as gone and is brought back, by a page that still knew of it, is told no more', async () => {
  await phoneWith({ a: 'saved', b: 'saved', c: 'saved' });
  const { change } = await phoneWith({ d: 'saved' });
  expect(goneFromPhone.value).toBe(3);
  await change({ d: 'saved', a: 'saved', b: 'saved' });
  expect(goneFromPhone.value).toBe(1);
  await change({ d: 'delivered', a: 'delivered', b: 'delivered' });
  expect(goneFromPhone.value).toBe(1);
});

test('what an earlier build has told as gone is told until somebody has looked into it', async () => {
  localStorage.setItem('doorstep.waiting', JSON.stringify({ chen: { mids: ['a'], gone: 2 } }));
  const { change } = await phoneWith({});
  expect(goneFromPhone.value).toBe(3);
  await change({ a: 'saved' });
  expect(goneFromPhone.value).toBe(2);
});

test('it is told as well where it goes under an open page', async () => {
  const { change } = await phoneWith({});
  await change({ a: 'saved' });
  await change({ a: 'saved', b: 'saved' });
  expect(goneFromPhone.value).toBe(0);
  await change({ b: 'delivered' });
  expect(goneFromPhone.value).toBe(1);
});

test('what has just arrived is not gone where the database goes a moment later', async () => {
  const { change } = await phoneWith({});
  await change({ a: 'saved' });
  await change({ a: 'delivered' }, 0);
  await change({});
  expect(goneFromPhone.value).toBe(0);
});

test('what another tab has saved and this one has not heard of is not gone, and stays noted', async () => {
  await phoneWith({ a: 'saved' });
  await phoneWith({ a: 'saved' }, { known: {} });
  expect(goneFromPhone.value).toBe(0);
  await phoneWith({});
  expect(goneFromPhone.value).toBe(1);
});

test('a revoked phone that has handed in what waited has lost nothing, nor has another member of it', async () => {
  await phoneWith({ a: 'saved' });
  await phoneWith({});
  expect(goneFromPhone.value).toBe(1);
  await phoneWith({}, { isRevoked: true });
  expect(goneFromPhone.value).toBe(0);
  await phoneWith({ a: 'saved' });
  await phoneWith({}, { member: 'lin' });
  expect(goneFromPhone.value).toBe(0);
});
