import { expect, test } from 'vitest';
import { newCacheDisk, openMemoryCache } from '../../tests/support/memory-cache-store.ts';
import { newOutboxDisk, openMemoryOutbox } from '../../tests/support/memory-outbox-store.ts';
import { emptySpace } from './empty-cache.ts';
import type { Waiting } from './engine-api.ts';
import { addMakingRoom } from './make-room.ts';
import { StorageFull } from './outbox-port.ts';
import type { NewMedia, NewOutboxRow } from './outbox-port.ts';

const GRID = 'grid:1';
const row = (mid: string): NewOutboxRow => ({
  mid,
  space: GRID,
  name: 'ticket.addMedia',
  v: 1,
  args: {},
  at: 1,
  saveId: mid,
  about: null,
});
const photo = (sha: string): NewMedia => ({
  sha,
  type: 'image/jpeg',
  isThumb: false,
  mids: [sha],
  at: 1,
  bytes: Uint8Array.of(1).buffer,
});

/** A phone with one photo that waits, one that was brought and one grid, on a disk with room for no more until `hasRoom`. */
async function fullPhone(hasRoom: (left: { photos: number; spaces: number }) => boolean, waiting: Waiting[] = []) {
  const [disk, cacheDisk] = [newOutboxDisk(), newCacheDisk()];
  const [store, cache] = [openMemoryOutbox(disk, () => 'c'), openMemoryCache(cacheDisk)];
  await store.add([row('waits'), row('brought')], [photo('waits'), photo('brought')]);
  await store.changeMedia('brought', { broughtAt: 1 });
  const next = { ...emptySpace(GRID), cursor: { ver: 1, id: '' } };
  await cache.applyPage({ space: GRID, from: null, receiptsFrom: 0, rows: [], next, receipts: [] });
  const left = () => ({ photos: disk.media.size, spaces: cacheDisk.spaces.size });
  const outbox = {
    ...store,
    add: (rows: readonly NewOutboxRow[]) => (hasRoom(left()) ? store.add(rows) : Promise.reject(new StorageFull())),
  };
  return { save: () => addMakingRoom({ outbox, cache, waiting: () => waiting }, [row('new')], []), left, disk };
}

test('[OB8] on a full disk photos that the server has make room first, and the grids stay', async () => {
  const phone = await fullPhone(({ photos }) => photos < 2);
  await phone.save();
  expect([phone.left(), [...phone.disk.media.keys()]]).toEqual([{ photos: 1, spaces: 1 }, ['waits']]);
});

test('[OB8] where that is not enough the grids go too', async () => {
  const phone = await fullPhone(({ spaces }) => spaces === 0);
  await phone.save();
  expect(phone.left()).toEqual({ photos: 1, spaces: 0 });
});

test('[OB8] where nothing helps it is refused, and what waits is there', async () => {
  const phone = await fullPhone(() => false);
  await expect(phone.save()).rejects.toThrow(StorageFull);
  expect([...phone.disk.media.keys()]).toEqual(['waits']);
});

test('[PH13] photos of what its author may send again make no room: nobody keeps them for that', async () => {
  const receipt = { seq: 2, mid: 'brought', status: 'quarantined', code: 'noAccess', data: {}, ver: 1 } as const;
  const held = { ...row('brought'), seq: 2, asideAt: null, settledAt: 1 };
  const state = { state: 'attention', receipt, decision: null, stuck: null } as const;
  const phone = await fullPhone(({ spaces }) => spaces === 0, [{ row: held, ...state }]);
  await phone.save();
  expect([...phone.disk.media.keys()]).toEqual(['waits', 'brought']);
});
