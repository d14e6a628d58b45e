import { expect, test } from 'vitest';
import type { SyncStatus } from '../../sync/engine-api.ts';
import { syncLook } from './sync-look.ts';

const status = (some: Partial<SyncStatus>): SyncStatus => ({
  phase: 'idle',
  waiting: 0,
  attention: 0,
  lastSyncAt: 1,
  firstSync: null,
  lastFault: null,
  ...some,
});

test.each([
  ['nothing waits', {}, 'done', 0],
  ['what waits is counted', { waiting: 3 }, 'waiting', 3],
  ['what waits is counted while it is sent', { phase: 'syncing', waiting: 3 }, 'waiting', 3],
  ['without a network it is counted too', { phase: 'offline', waiting: 2 }, 'offlineWaiting', 2],
  [
    'photos that wait are counted after text',
    { media: { waiting: 2, sounds: 0, bytes: 9, sent: 0, hold: null } },
    'media',
    2,
  ],
  [
    'without a network photos are counted too',
    { phase: 'offline', media: { waiting: 2, sounds: 0, bytes: 9, sent: 0, hold: null } },
    'media',
    2,
  ],
  [
    'with a voice note among them',
    { media: { waiting: 2, sounds: 1, bytes: 9, sent: 0, hold: null } },
    'mediaMixed',
    2,
  ],
  ['what needs a person comes before what waits', { attention: 1, waiting: 5 }, 'attention', 1],
  ['an ended sign-in comes before all else', { phase: 'signedOut', attention: 1 }, 'signedOut', 0],
] as const)('%s', (_title, some, words, count) => {
  expect(syncLook(status(some))).toMatchObject({ words, count });
});

test('a tap leads to what can be done', () => {
  expect(syncLook(status({ attention: 1 })).to).toBe('/attention');
  expect(syncLook(status({ phase: 'signedOut' })).to).toBe('/signin');
  expect(syncLook(status({ waiting: 1 })).to).toBe('/records');
});
