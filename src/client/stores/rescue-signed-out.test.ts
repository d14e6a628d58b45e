import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { readRescue, rescueText } from '../../sync/rescue.ts';
import type { NewMedia, NewOutboxRow } from '../../sync/outbox-port.ts';
import { openOutboxStore } from '../db/open-outbox-store.ts';
import { rescueSignedOut } from './rescue-signed-out.ts';

afterEach(() => vi.restoreAllMocks());

const row = (mid: string): NewOutboxRow => ({
  ...{ mid, space: 'grid:1', name: 'ticket.addMedia', v: 1, args: {}, at: 1, saveId: 's', about: null },
});
const photo = (sha: string, mid: string): NewMedia => ({
  ...{ sha: sha.repeat(64), type: 'image/jpeg', isThumb: false, mids: [mid], at: 1, bytes: new ArrayBuffer(2) },
});

/** What lies here of a member who has signed out. */
async function leave(memberId: string, rows: NewOutboxRow[], media: NewMedia[]) {
  const outbox = await openOutboxStore(memberId, () => 'client');
  await outbox.add(rows, media);
  return outbox;
}

/** The browser fails over the bytes of this photo. */
function failOver(sha: string): void {
  const get = Reflect.get(IDBObjectStore.prototype, 'get');
  vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
    if (this.name === 'mediaBytes' && key === sha) throw new DOMException('no blob', 'NotReadableError');
    return get.call(this, key);
  });
}

test('[RF1] all that is not put aside and was not brought goes into a file that can be read, but what cannot be read', async () => {
  const outbox = await leave(
    'm1',
    [row('a'), row('b'), row('c')],
    [photo('a', 'a'), photo('b', 'a'), photo('c', 'b'), photo('d', 'c')],
  );
  await outbox.changeMedia('c'.repeat(64), { broughtAt: 5 });
  await outbox.changeMedia('d'.repeat(64), { refused: 'damaged', asideAt: 5 });
  await outbox.putAside('b', 5);
  await outbox.settle('client', (await outbox.all()).slice(2), 7);
  outbox.close();
  failOver('a'.repeat(64));

  const body = readRescue(rescueText(await rescueSignedOut({ id: 'm1', name: '陈晓' })), 'm1');
  expect(body.records.map(({ mid, state }) => [mid, state])).toEqual([
    ['a', 'saved'],
    ['c', 'delivered'],
  ]);
  expect(body.media.map(({ sha }) => sha[0])).toEqual(['b']);
  expect(body.unread).toEqual(['a'.repeat(64)]);
});

test('[RF1] a photo that the server has goes along where its record is held and may be sent again, and else not', async () => {
  const outbox = await leave('m2', [row('held'), row('done')], [photo('e', 'held'), photo('f', 'done')]);
  for (const sha of ['e', 'f']) await outbox.changeMedia(sha.repeat(64), { broughtAt: 5 });
  const word = { mid: 'held', seq: 1, status: 'quarantined', code: 'noAccess', data: {}, ver: 1 } as const;
  const [held, done] = await outbox.all();
  await outbox.settle('client', [{ ...held!, word }, done!], 7);
  outbox.close();

  const { media } = readRescue(rescueText(await rescueSignedOut({ id: 'm2', name: '陈晓' })), 'm2');
  expect(media.map(({ sha }) => sha[0])).toEqual(['e']);
});
