import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOutboxStore } from '../../src/client/db/open-outbox-store.ts';
import { PHOTO_LIMIT } from '../../src/domain/photo/media.ts';
import { DAY_MS } from '../../src/domain/time/day-ms.ts';
import { bytesBeside, sendAgain } from '../../src/client/features/attention/send-again.ts';
import { listen, type Listening } from '../../src/server/listen.ts';
import { PIECE_BYTES } from '../../src/sync/bring-photo.ts';
import { isBrought } from '../../src/sync/kept-media.ts';
import type { OutboxStore } from '../../src/sync/outbox-port.ts';
import { collectRescue, readRescue, rescueText } from '../../src/sync/rescue.ts';
import { CutProxy } from '../browser/support/cut-proxy.ts';
import { EAST, officeWorld, type AccountWorld, type Browser } from '../support/account-world.ts';
import { idOf, placeInGrid, ticketDraft } from '../support/factories.ts';
import { emptyOutboxDisk, newOutboxDisk, openMemoryOutbox, type OutboxDisk } from '../support/memory-outbox-store.ts';
import { bytesOf, jpegWithExif, type Bytes } from '../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from '../support/photo-phone.ts';
import { openQueuePhone, photosFor, type QueuePhone } from '../support/photo-queue-phone.ts';

const TICKET = idOf('queue', 'ticket');
const SMALL = bytesOf('thumb', 6000);
const LARGE = bytesOf('large', 2 * PIECE_BYTES + 40_000);

let world: AccountWorld;
let server: Listening;
let wire: CutProxy;
let volunteer: Browser;
let volunteerId: string;
/** Whose session the phone's browser has. */
let signedIn: Browser;
let disk: OutboxDisk;
let shift = 0;
const opened: QueuePhone[] = [];

beforeEach(async () => {
  shift = 0;
  world = await officeWorld({ now: () => Date.now() + shift });
  server = await listen(world.app, 0, '127.0.0.1');
  wire = await CutProxy.open(() => server.port);
  volunteer = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  volunteerId = await volunteer.memberId();
  signedIn = volunteer;
  const words = { id: TICKET, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(volunteerId, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
  disk = newOutboxDisk();
});
afterEach(async () => {
  for (const { engine } of opened.splice(0)) await engine.stop();
  await wire.cut();
  await server.cut();
  await world.deps.close();
});

let clients = 0;
const inMemory = (): OutboxStore => openMemoryOutbox(disk, () => `client-${++clients}`);

async function openPhone(outbox: OutboxStore = inMemory()): Promise<QueuePhone> {
  const phone = await openQueuePhone({
    memberId: volunteerId,
    get cookie() {
      return signedIn.cookie;
    },
    outbox,
    url: () => wire.origin.replace('localhost', '127.0.0.1'),
  });
  opened.push(phone);
  return phone;
}

const save = ({ engine }: QueuePhone, ...photos: Bytes[]) => engine.save([photosFor(EAST.grid, TICKET, ...photos)]);
const other = () => photoPhone((path, init) => world.app.request(path, init), volunteer.cookie);
const stored = async (photo: Bytes) => {
  const bytes = await world.deps.photos.store.get(photo.sha);
  return bytes !== null && Buffer.from(bytes).equals(photo.bytes);
};

/** So many bytes lie here that the server is not known to have. */
const toBring = (): number => [...disk.media.values()].filter((row) => !isBrought(row)).length;

/** Syncs and uploads until nothing waits, however often the wire is cut meanwhile. */
async function drain({ engine }: QueuePhone): Promise<void> {
  for (let n = 0; n < 60 && (n === 0 || engine.media.list().length > 0); n++) {
    await wire.join();
    await engine.syncNow();
    await engine.media.uploadNow();
  }
}

test('[PH7] the mutation goes first: no byte is asked or sent before its receipt is here, and then small ones first', async () => {
  const phone = await openPhone();
  await save(phone, LARGE, SMALL);
  await phone.engine.media.uploadNow();
  expect(phone.asked).toEqual([]);
  expect(phone.engine.status().media).toEqual({
    waiting: 2,
    sounds: 0,
    bytes: SMALL.bytes.length + LARGE.bytes.length,
    sent: 0,
    hold: null,
  });
  await drain(phone);
  expect(phone.asked.filter(({ method }) => method === 'HEAD').map(({ sha }) => sha)).toEqual([SMALL.sha, LARGE.sha]);
  expect([await stored(SMALL), await stored(LARGE)]).toEqual([true, true]);
  expect(phone.engine.status().media).toBeUndefined();
  expect(toBring()).toBe(0);
});

test('[PH1] bytes of a save that this tab has not heard of stay until it is settled, though the server has the same', async () => {
  const elsewhere = idOf('queue', 'elsewhere');
  const words = { id: elsewhere, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(volunteerId, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
  const first = await openPhone();
  await first.engine.save([photosFor(EAST.grid, elsewhere, SMALL)]);
  await drain(first);
  const deaf = await openPhone({ ...inMemory(), onForeignChange: () => () => undefined });
  await wire.cut();
  await save(first, SMALL);
  await first.engine.stop();
  await wire.join();
  await deaf.engine.media.uploadNow();
  expect(disk.media.has(SMALL.sha)).toBe(true);
  await drain(deaf);
  expect(toBring()).toBe(0);
});

test('[PH7] what was saved offline is in the outbox before a kill and arrives after it', async () => {
  const outbox = await openOutboxStore(volunteerId, () => 'client-1');
  await save(await openPhone(outbox), LARGE);
  outbox.close();
  const again = await openOutboxStore(volunteerId, () => 'client-2');
  const phone = await openPhone(again);
  expect(phone.engine.status().media?.waiting).toBe(1);
  await drain(phone);
  expect(await stored(LARGE)).toBe(true);
  expect((await again.media()).filter((row) => !isBrought(row))).toEqual([]);
  again.close();
});

test.each([1, 400, 700, 5_000, PIECE_BYTES, PIECE_BYTES + 900, 2 * PIECE_BYTES + 77, LARGE.bytes.length])(
  '[PH8] cut after byte %i of what it sends, it goes on from where the server is and arrives whole, once',
  async (bytes) => {
    const phone = await openPhone();
    await save(phone, LARGE);
    await phone.engine.syncNow();
    wire.cutAfter(bytes);
    await phone.engine.media.uploadNow();
    expect(wire.isCut).toBe(true);
    expect(phone.engine.media.list()).toHaveLength(1);
    await drain(phone);
    expect(await stored(LARGE)).toBe(true);
    const heard = phone.asked.filter(({ status }) => status === 204).reduce((sum, one) => sum + one.bytes, 0);
    expect(heard).toBeLessThanOrEqual(LARGE.bytes.length);
  },
);

test('[PH2, PH8] another phone brought half of it meanwhile: a 409 says where to go on', async () => {
  const phone = await openPhone();
  await save(phone, LARGE);
  await phone.engine.syncNow();
  let helped = false;
  phone.between.value = async (method) => {
    // Ours has asked how far it is, and another is quicker with the beginning.
    if (method === 'PATCH' && !helped) {
      helped = true;
      expect(await other().patch(LARGE, 0, 70_000)).toMatchObject({ status: 204, offset: 70_000 });
    }
    return null;
  };
  await phone.engine.media.uploadNow();
  expect(phone.asked.map(({ method, offset, status }) => [method, offset, status])).toEqual([
    ['HEAD', 0, 404],
    ['PATCH', 0, 409],
    ['PATCH', 70_000, 204],
    ['PATCH', 70_000 + PIECE_BYTES, 204],
  ]);
  expect(await stored(LARGE)).toBe(true);
});

test('[PH8] all bytes are there and were never verified: an empty piece asks for it', async () => {
  const phone = await openPhone();
  await save(phone, SMALL);
  await other().patch(SMALL);
  const headers = { 'upload-offset': String(SMALL.bytes.length), 'upload-complete': '?0' };
  phone.between.value = (method) => (method === 'HEAD' ? new Response(null, { headers }) : null);
  await phone.engine.syncNow();
  await phone.engine.media.uploadNow();
  expect(phone.asked.map(({ method, bytes }) => [method, bytes])).toEqual([
    ['HEAD', 0],
    ['PATCH', 0],
  ]);
  expect(toBring()).toBe(0);
});

test('[PH3] bytes that came out damaged are thrown away by the server and brought anew', async () => {
  const phone = await openPhone();
  await save(phone, LARGE);
  await phone.engine.syncNow();
  const spoilt = { ...LARGE, bytes: Buffer.alloc(LARGE.bytes.length, 1) };
  await other().patch(spoilt, 0, 50_000);
  await drain(phone);
  expect(phone.asked.some(({ status }) => status === 422)).toBe(true);
  expect(await stored(LARGE)).toBe(true);
  expect(toBring()).toBe(0);
});

test('[PH11] one that is refused shows with its reason, keeps its bytes, and holds up no other', async () => {
  const phone = await openPhone();
  const placed = jpegWithExif('position');
  await save(phone, placed, LARGE);
  await drain(phone);
  expect(await stored(LARGE)).toBe(true);
  expect(phone.engine.media.list()).toMatchObject([
    { row: { sha: placed.sha, refused: 'position' }, state: 'attention' },
  ]);
  expect(phone.engine.status()).toMatchObject({ attention: 1 });
  expect(phone.engine.status().media).toBeUndefined();
  expect(Buffer.from((await phone.engine.media.bytes(placed.sha))!).equals(placed.bytes)).toBe(true);
  await phone.engine.media.putAside(placed.sha);
  expect(phone.engine.status().attention).toBe(0);
  expect(toBring()).toBe(1);
});

/** A store that fails over the bytes of one photo, as long as it does. */
const failingOver = (photo: Bytes, fails: () => boolean): OutboxStore => {
  const store = inMemory();
  const isUnreadable = (sha: string): boolean => sha === photo.sha && fails();
  return {
    ...store,
    mediaBytes: (sha) => (isUnreadable(sha) ? Promise.reject(new Error('no blob')) : store.mediaBytes(sha)),
  };
};

test('[PH11] one that the store fails over holds up no other, is told after some tries, and goes once it can be read', async () => {
  let fails = true;
  const phone = await openPhone(failingOver(SMALL, () => fails));
  await save(phone, SMALL, LARGE);
  await phone.engine.syncNow();
  await phone.engine.media.uploadNow();
  expect([await stored(LARGE), phone.engine.status().attention]).toEqual([true, 0]);
  await phone.engine.media.uploadNow();
  await phone.engine.media.uploadNow();
  expect(phone.engine.media.list()).toMatchObject([
    { row: { sha: SMALL.sha, refused: 'unreadable' }, state: 'attention' },
  ]);
  expect(phone.engine.status().attention).toBe(1);
  const asked = phone.asked.length;
  await phone.engine.media.uploadNow();
  expect(phone.asked).toHaveLength(asked);

  fails = false;
  await phone.engine.media.uploadNow();
  expect([await stored(SMALL), toBring(), phone.engine.status().attention]).toEqual([true, 0, 0]);
});

test('[PH11] one that the store fails over is not told where the server has it, nor tried once it was put aside', async () => {
  const phone = await openPhone(failingOver(SMALL, () => true));
  await save(phone, SMALL);
  await phone.engine.syncNow();
  for (let n = 0; n < 4; n++) await phone.engine.media.uploadNow();
  await phone.engine.media.putAside(SMALL.sha);
  await other().patch(SMALL);
  await phone.engine.media.uploadNow();
  expect(toBring()).toBe(1);
  await phone.engine.media.retry(SMALL.sha);
  await phone.engine.media.uploadNow();
  expect([toBring(), phone.engine.status().attention]).toEqual([0, 0]);
});

test('[PH11] one that was put aside stays for 30 days by the server, whatever the clock of the phone says', async () => {
  const phone = await openPhone();
  const [placed, later] = [jpegWithExif('position'), jpegWithExif('position', true)];
  await save(phone, placed, later);
  await drain(phone);
  // The phone is a year behind.
  shift = 365 * DAY_MS;
  await phone.engine.syncNow();
  await phone.engine.media.putAside(placed.sha);
  await phone.engine.media.uploadNow();
  await phone.engine.stop();
  // After a start nothing is known of the server's clock.
  await wire.cut();
  const again = await openPhone();
  await again.engine.media.putAside(later.sha);
  await wire.join();
  await again.engine.syncNow();
  await again.engine.syncNow();
  await again.engine.media.uploadNow();
  expect(disk.media.size).toBe(2);
  shift += 31 * DAY_MS;
  await again.engine.syncNow();
  await again.engine.media.uploadNow();
  expect(disk.media.size).toBe(0);
});

test('[OB10] of a photo whose bytes went with an emptied outbox that is said, until the server has it from elsewhere', async () => {
  const phone = await openPhone();
  await wire.cut();
  const [row] = await save(phone, SMALL);
  emptyOutboxDisk(disk);
  await expect.poll(() => disk.rows.map(({ mid }) => mid)).toEqual([row!.mid]);
  const lost = [{ row: { sha: SMALL.sha, refused: 'lost' }, state: 'attention' }];
  await expect.poll(() => phone.engine.media.list()).toMatchObject(lost);
  await wire.join();
  await phone.engine.syncNow();
  expect(phone.engine.status()).toMatchObject({ waiting: 0, attention: 1 });
  await phone.engine.media.retry(SMALL.sha);
  await phone.engine.media.uploadNow();
  expect(phone.engine.media.list()).toMatchObject(lost);

  await other().patch(SMALL);
  await phone.engine.media.retry(SMALL.sha);
  await phone.engine.media.uploadNow();
  expect([phone.engine.media.list(), toBring()]).toEqual([[], 0]);
});

test('[OB10] a photo that is on its way while the outbox is emptied arrives, and is not called lost', async () => {
  const phone = await openPhone();
  await save(phone, SMALL);
  phone.between.value = async (method) => {
    if (method !== 'PATCH' || phone.asked.some((one) => one.method === 'PATCH')) return null;
    emptyOutboxDisk(disk);
    await expect.poll(() => disk.media.get(SMALL.sha)?.refused).toBe('lost');
    return null;
  };
  await drain(phone);
  expect([await stored(SMALL), phone.engine.media.list(), toBring()]).toEqual([true, [], 0]);
});

test('[PH11] bytes that have another hash three times over are damaged here, and are not sent for ever', async () => {
  const phone = await openPhone();
  await save(phone, { ...SMALL, sha: LARGE.sha });
  await drain(phone);
  expect(phone.engine.media.list()).toMatchObject([{ row: { refused: 'damaged' } }]);
  expect(phone.asked.filter(({ status }) => status === 422)).toHaveLength(3);
});

test('[PH9] where a piece is too large for what lies between, smaller ones go', async () => {
  const phone = await openPhone();
  await save(phone, LARGE);
  phone.between.value = (_method, _sha, size) => (size > 40_000 ? new Response('too big', { status: 413 }) : null);
  await drain(phone);
  expect(await stored(LARGE)).toBe(true);
});

test.each([
  [
    'a portal that answers 200 for everything',
    () => new Response('<html>', { status: 200, headers: { 'content-type': 'text/html' } }),
  ],
  [
    '401',
    () =>
      new Response('{"error":{"code":"unauthenticated"}}', {
        status: 401,
        headers: { 'content-type': 'application/json' },
      }),
  ],
  ['404', () => new Response('nothing', { status: 404 })],
  [
    '429',
    () =>
      new Response('{"error":{"code":"uploads_full","retryAfterMs":1}}', {
        status: 429,
        headers: { 'content-type': 'application/json' },
      }),
  ],
  ['500', () => new Response('', { status: 500 })],
] as const)('[PH10] %s deletes nothing and marks nothing, and afterwards it arrives', async (_name, answer) => {
  const phone = await openPhone();
  await save(phone, LARGE, SMALL);
  phone.between.value = answer;
  await phone.engine.syncNow();
  await phone.engine.media.uploadNow();
  expect(toBring()).toBe(2);
  expect([...disk.media.values()].every(({ refused }) => refused === null)).toBe(true);
  phone.between.value = () => null;
  await drain(phone);
  expect([await stored(SMALL), await stored(LARGE), toBring()]).toEqual([true, true, 0]);
});

test('[PH12] paused or waiting for Wi-Fi, nothing goes, in the midst of one too; text goes all the same', async () => {
  const phone = await openPhone();
  phone.hold.value = 'wifi';
  await save(phone, LARGE);
  await phone.engine.syncNow();
  await phone.engine.media.uploadNow();
  expect(phone.asked).toEqual([]);
  expect(phone.engine.status()).toMatchObject({ waiting: 0, media: { waiting: 1, hold: 'wifi' } });
  phone.hold.value = null;
  phone.between.value = (method) => {
    if (method === 'PATCH') phone.hold.value = 'paused';
    return null;
  };
  await phone.engine.media.uploadNow();
  expect(phone.asked.map(({ method }) => method)).toEqual(['HEAD', 'PATCH']);
  expect(toBring()).toBe(1);
  phone.between.value = () => null;
  phone.hold.value = null;
  await drain(phone);
  expect(phone.asked.filter(({ method }) => method === 'PATCH').map(({ offset }) => offset)).toEqual([
    0,
    PIECE_BYTES,
    2 * PIECE_BYTES,
  ]);
  expect(await stored(LARGE)).toBe(true);
});

test('[PH15] where somebody else is signed in by now no photo is brought as theirs, and it stays until its member is back', async () => {
  const phone = await openPhone();
  phone.hold.value = 'paused';
  await save(phone, SMALL);
  await phone.engine.syncNow();
  signedIn = await world.signedIn('程远', { volunteer: [EAST.grid] });
  phone.hold.value = null;
  await phone.engine.media.uploadNow();
  expect(phone.asked).toMatchObject([{ method: 'HEAD', status: 401 }]);
  expect([await stored(SMALL), toBring()]).toEqual([false, 1]);
  signedIn = volunteer;
  await drain(phone);
  expect([await stored(SMALL), toBring()]).toEqual([true, 0]);
});

test('[PH7] a photo whose mutation was refused stays with it and is not sent', async () => {
  const phone = await openPhone();
  await phone.engine.syncNow();
  const gone = photosFor(EAST.grid, idOf('queue', 'no such ticket'), SMALL);
  // The grid is not here yet in full for a phone that has never synced; the server knows.
  const blank = await openQueuePhone({
    memberId: volunteerId,
    cookie: volunteer.cookie,
    outbox: openMemoryOutbox(newOutboxDisk(), () => 'client-9'),
    url: () => wire.origin.replace('localhost', '127.0.0.1'),
  });
  opened.push(blank);
  await blank.engine.save([gone]);
  await blank.engine.syncNow();
  await blank.engine.media.uploadNow();
  expect(blank.asked).toEqual([]);
  expect(blank.engine.media.list()).toMatchObject([{ state: 'withRecord' }]);
  expect(blank.engine.status().media).toBeUndefined();
});

test('[PH7] the photo of what was refused and put aside goes with it when the archive lets go of it, and is never sent', async () => {
  const phone = await openPhone();
  await phone.engine.save([photosFor(EAST.grid, idOf('queue', 'no such ticket'), SMALL, LARGE)]);
  await phone.engine.syncNow();
  await phone.engine.putAside(phone.engine.waiting()[0]!.row.mid);
  // The same photo was added to a matter that is here.
  phone.hold.value = 'paused';
  await save(phone, LARGE);
  await phone.engine.syncNow();
  shift = 31 * DAY_MS;
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect([disk.rows.length, [...disk.media.keys()]]).toEqual([0, [LARGE.sha]]);
  phone.hold.value = null;
  await phone.engine.media.uploadNow();
  expect(phone.asked.some(({ sha }) => sha === SMALL.sha)).toBe(false);
  expect([await stored(SMALL), await stored(LARGE), toBring()]).toEqual([false, true, 0]);
});

test('[PH12] a photo counts as one with its thumbnail, also where its record is gone, and on another phone', async () => {
  const args = { id: TICKET, media: [mediaOfBytes(LARGE, 'logged', SMALL)] };
  const phone = await openPhone();
  phone.hold.value = 'paused';
  await phone.engine.save([{ ...photosFor(EAST.grid, TICKET, LARGE, SMALL), args }]);
  await phone.engine.syncNow();
  expect(phone.engine.status().media?.waiting).toBe(1);
  const member = { id: volunteerId, name: '范晓' };
  const text = rescueText({ exportedAt: 1, build: 'test', member, ...(await collectRescue(phone.engine)) });
  shift = 31 * DAY_MS;
  await phone.engine.syncNow();
  await phone.engine.syncNow();
  expect([disk.rows.length, phone.engine.status().media?.waiting]).toEqual([0, 1]);

  const fresh = await openPhone(openMemoryOutbox(newOutboxDisk(), () => 'client-other'));
  fresh.hold.value = 'paused';
  await fresh.engine.recover(readRescue(text, volunteerId));
  expect([fresh.engine.waiting().length, fresh.engine.status().media?.waiting]).toEqual([0, 1]);
});

test('[RC6] what is handed over takes its photo along, though the store fails over that one meanwhile', async () => {
  let fails = false;
  const phone = await openPhone(failingOver(SMALL, () => fails));
  const nine = Array.from({ length: PHOTO_LIMIT }, (_, n) => bytesOf(`full ${n}`));
  await world.apply(volunteerId, addMediaDraft(EAST.grid, TICKET, ...nine.map((one) => mediaOfBytes(one))));
  await save(phone, SMALL);
  await drain(phone);
  const [refused] = phone.engine.waiting();
  expect(refused?.receipt).toMatchObject({ status: 'rejected', code: 'photosFull' });
  fails = true;
  await phone.engine.handOver(refused!.row.mid);
  fails = false;
  await drain(phone);
  expect(phone.engine.waiting()[0]?.receipt).toMatchObject({ status: 'quarantined' });
  expect([await stored(SMALL), phone.engine.media.list()]).toEqual([true, []]);
});

test('[PH7] a photo that was refused because the matter was full arrives when its record is sent again', async () => {
  const nine = Array.from({ length: PHOTO_LIMIT }, (_, n) => bytesOf(`full ${n}`));
  await world.apply(volunteerId, addMediaDraft(EAST.grid, TICKET, ...nine.map((one) => mediaOfBytes(one))));
  const phone = await openPhone();
  await save(phone, SMALL);
  await drain(phone);
  const [refused] = phone.engine.waiting();
  expect(refused?.receipt).toMatchObject({ status: 'rejected', code: 'photosFull' });
  const { space, v } = addMediaDraft(EAST.grid, TICKET);
  const args = { id: TICKET, sha: nine[0]!.sha };
  await world.apply(volunteerId, { space, name: 'ticket.removeMedia', v, args });
  await phone.engine.syncNow();

  const media = await bytesBeside(phone.engine.media, refused!.row.mid);
  await phone.engine.save([{ ...sendAgain(refused!.row, {}), media }]);
  await phone.engine.putAside(refused!.row.mid);
  expect(phone.engine.status().media).toMatchObject({ waiting: 1 });
  await drain(phone);
  expect(await stored(SMALL)).toBe(true);
  expect(phone.engine.media.list()).toEqual([]);
});
