import { afterEach, beforeEach, expect, test } from 'vitest';
import { listen, type Listening } from '../../src/server/listen.ts';
import { PIECE_BYTES } from '../../src/sync/bring-photo.ts';
import { EAST, officeWorld, type AccountWorld, type Browser } from '../support/account-world.ts';
import { idOf, placeInGrid, ticketDraft } from '../support/factories.ts';
import { newOutboxDisk, openMemoryOutbox, type OutboxDisk } from '../support/memory-outbox-store.ts';
import { bytesOf, jpegWithExif, type Bytes } from '../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from '../support/photo-phone.ts';
import { openQueuePhone, photosFor, type QueuePhone } from '../support/photo-queue-phone.ts';

const TICKET = idOf('lost', 'ticket');
const ONE = bytesOf('on a lost phone', 2 * PIECE_BYTES + 5000);
const LATE = bytesOf('saved after the loss', 4000);

let world: AccountWorld;
let server: Listening;
let desk: Browser;
let volunteer: Browser;
let volunteerId: string;
let disk: OutboxDisk;
let phone: QueuePhone;
/** Whose session the phone's browser has. */
let cookie: string;
/** The store fails over the bytes of this one. */
let unreadable: string | null;

beforeEach(async () => {
  world = await officeWorld({ now: Date.now });
  server = await listen(world.app, 0, '127.0.0.1');
  desk = await world.signedIn('姚敏', { coordinator: [EAST.id] });
  volunteer = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  volunteerId = await volunteer.memberId();
  cookie = volunteer.cookie;
  const words = { id: TICKET, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(volunteerId, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
  disk = newOutboxDisk();
  unreadable = null;
  const outbox = openMemoryOutbox(disk, () => 'client-1');
  phone = await openQueuePhone({
    memberId: volunteerId,
    get cookie() {
      return cookie;
    },
    outbox: {
      ...outbox,
      mediaBytes: (sha) => (sha === unreadable ? Promise.reject(new Error('no blob')) : outbox.mediaBytes(sha)),
    },
    url: () => `http://127.0.0.1:${server.port}`,
  });
  phone.hold.value = 'wifi';
  await phone.engine.save([photosFor(EAST.grid, TICKET, ONE)]);
  await phone.engine.syncNow();
}, 60_000);
afterEach(async () => {
  await phone.engine.stop();
  await server.cut();
  await world.deps.close();
});

const asked = () => photoPhone((path, init) => world.app.request(path, init), volunteer.cookie);
const stored = async (photo: Bytes) => {
  const bytes = await world.deps.photos.store.get(photo.sha);
  return bytes !== null && Buffer.from(bytes).equals(photo.bytes);
};
/** The matter has this photo no more. */
async function takeOff({ sha }: Bytes): Promise<void> {
  const args = { id: TICKET, sha };
  await world.apply(volunteerId, { space: `grid:${EAST.grid}`, name: 'ticket.removeMedia', v: 1, args });
}
/** The photo waits here still, and the server does not need it. */
async function saveTakenOff(): Promise<Bytes> {
  const small = bytesOf('taken off its record since', 900);
  await phone.engine.save([photosFor(EAST.grid, TICKET, small)]);
  await phone.engine.syncNow();
  await takeOff(small);
  return small;
}
/** What names the photo was refused. */
async function saveRefused(): Promise<void> {
  await phone.engine.save([photosFor(EAST.grid, idOf('lost', 'no such ticket'), LATE)]);
  await phone.engine.syncNow();
  expect(phone.engine.waiting()[0]?.receipt).toMatchObject({ status: 'rejected', code: 'notFound' });
}
async function lose(): Promise<void> {
  expect((await desk.ask('POST', '/api/devices/client-1/lost')).status).toBe(204);
  await phone.engine.syncNow();
  expect(phone.engine.status().phase).toBe('revoked');
}
async function bring(): Promise<void> {
  phone.hold.value = null;
  await phone.engine.syncNow();
  await phone.engine.media.uploadNow();
}

test('[RV1] a lost phone brings the photo of a mutation that was applied before, and keeps no byte of it', async () => {
  await lose();
  expect(disk.media.size).toBe(1);
  await bring();
  expect(await stored(ONE)).toBe(true);
  expect(disk.media.size).toBe(0);
  expect((await photoPhone((path, init) => world.app.request(path, init), desk.cookie).get(ONE.sha)).status).toBe(200);
});

test('[RV1] also where the loss falls between two pieces, or the last answer did not come back', async () => {
  phone.hold.value = null;
  phone.between.value = (method) => {
    if (method === 'PATCH') phone.hold.value = 'paused';
    return null;
  };
  await phone.engine.media.uploadNow();
  expect(await asked().head(ONE)).toMatchObject({ offset: PIECE_BYTES, complete: false });
  phone.between.value = () => null;
  await lose();
  await asked().patch(ONE, PIECE_BYTES);
  await bring();
  expect(phone.asked.at(-1)).toMatchObject({ method: 'HEAD', status: 200 });
  expect(disk.media.size).toBe(0);
});

test('[RV1] also what is held because it came after the loss', async () => {
  await phone.engine.save([photosFor(EAST.grid, TICKET, LATE)]);
  await lose();
  await bring();
  expect([await stored(ONE), await stored(LATE), disk.media.size]).toEqual([true, true, 0]);
});

test('[RV1] also what was sent back before its photo had come: it can be taken up again, and the phone lets go of it', async () => {
  await phone.engine.save([photosFor(EAST.grid, TICKET, LATE)]);
  await lose();
  const [held] = (await (await desk.ask('GET', '/api/held')).json()) as { id: string }[];
  expect((await desk.ask('POST', `/api/held/${held?.id}/return`, { reason: '请重新填写' })).status).toBe(204);
  await bring();
  expect([await stored(LATE), disk.media.size]).toEqual([true, 0]);
});

test('[RV1] also of what was refused before: it is held with its words, and nothing of it stays on the phone', async () => {
  await saveRefused();
  await lose();
  await bring();
  const held = (await (await desk.ask('GET', '/api/held')).json()) as { args: unknown; reason: string }[];
  expect(held.map(({ reason }) => reason)).toEqual(['revoked']);
  expect(JSON.stringify(held[0]?.args)).toContain(LATE.sha);
  expect([await stored(LATE), disk.rows.length, disk.media.size]).toEqual([true, 0, 0]);
});

test('[RV1] the session brings nothing that another member put there, and reads none of it', async () => {
  const other = bytesOf('of somebody else', 4000);
  const deskId = await desk.memberId();
  await world.apply(deskId, addMediaDraft(EAST.grid, TICKET, mediaOfBytes(other)));
  await lose();
  expect(await asked().head(other)).toMatchObject({ status: 401 });
  expect(await asked().patch(other)).toMatchObject({ status: 401 });
  await bring();
  expect((await asked().get(ONE.sha)).status).toBe(401);
});

test('[RV1] a photo that the server does not take goes too, once a pass has said that the session is still the one', async () => {
  const small = await saveTakenOff();
  await lose();
  await bring();
  expect(disk.media.has(small.sha)).toBe(true);
  await bring();
  await bring();
  expect([await stored(ONE), disk.media.size, phone.engine.status().media]).toEqual([true, 0, undefined]);
});

test('[RV1, PH15] what is answered to somebody else who is signed in by now takes no photo away', async () => {
  await lose();
  const own = volunteer.cookie;
  cookie = (await world.signedIn('程远', { volunteer: [EAST.grid] })).cookie;
  phone.hold.value = null;
  await phone.engine.media.uploadNow();
  expect(phone.asked.at(-1)).toMatchObject({ status: 401 });
  await bring();
  expect(disk.media.size).toBe(1);
  cookie = own;
  await bring();
  expect([await stored(ONE), disk.media.size]).toEqual([true, 0]);
});

test('[RV1] the photo of what was refused and put aside goes with it, and nobody waits for it', async () => {
  await saveRefused();
  await phone.engine.putAside(phone.engine.waiting()[0]!.row.mid);
  await lose();
  expect([...disk.media.keys()]).toEqual([ONE.sha]);
  await bring();
  expect([phone.asked.some(({ sha }) => sha === LATE.sha), disk.media.size]).toEqual([false, 0]);
});

test('[RV1] a photo that was refused as it is goes too', async () => {
  const placed = jpegWithExif('position');
  phone.hold.value = null;
  await phone.engine.save([photosFor(EAST.grid, TICKET, placed)]);
  await phone.engine.syncNow();
  await phone.engine.media.uploadNow();
  expect(phone.engine.status().attention).toBe(1);
  await lose();
  await bring();
  expect([disk.media.size, phone.engine.status().attention]).toEqual([0, 0]);
});

/** Its mutation is applied, and its bytes could not be read three times over. */
async function saveUnreadable(photo: Bytes): Promise<void> {
  unreadable = photo.sha;
  await phone.engine.save([photosFor(EAST.grid, TICKET, photo)]);
  for (let n = 0; n < 3; n++) await bring();
  expect(disk.media.get(photo.sha)).toMatchObject({ refused: 'unreadable' });
}

test('[RV1] a photo that the store failed over is still tried, and brought once it can be read', async () => {
  await saveUnreadable(LATE);
  await lose();
  await bring();
  expect(disk.media.has(LATE.sha)).toBe(true);
  unreadable = null;
  await bring();
  expect([await stored(LATE), disk.media.size]).toEqual([true, 0]);
});

test('[RV1] one that the store fails over goes where nobody needs it, and where its author has put it aside', async () => {
  const aside = bytesOf('put aside', 900);
  await saveUnreadable(aside);
  await phone.engine.media.putAside(aside.sha);
  await saveUnreadable(LATE);
  await takeOff(LATE);
  await lose();
  for (let n = 0; n < 3; n++) await bring();
  expect(disk.media.size).toBe(0);
});

test('[RV1] a photo that nobody needs any more holds up no other one', async () => {
  const small = await saveTakenOff();
  await lose();
  await bring();
  expect([await stored(small), await stored(ONE)]).toEqual([false, true]);
});
