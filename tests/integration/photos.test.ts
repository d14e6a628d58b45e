import { afterEach, beforeEach, expect, test } from 'vitest';
import { cardIdOf } from '../../src/domain/card/card-id.ts';
import { gridSpace, memberSpace } from '../../src/domain/space/space.ts';
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts';
import { uploadName } from '../../src/server/photos/partial-files.ts';
import { UNREFERENCED_BYTES } from '../../src/server/photos/receive-photo.ts';
import { applyMutation } from '../../src/server/sync/apply-mutation.ts';
import { readRecords } from '../../src/server/sync/read-record.ts';
import { actorOf } from '../../src/server/auth/actor-of.ts';
import { codeOfError, EAST, officeWorld, WEST, type AccountWorld, type Browser } from '../support/account-world.ts';
import { claimDraft, idOf, placeInGrid, ticketDraft, ticketStep } from '../support/factories.ts';
import { bytesOf, jpegWithExif, named, type Bytes } from '../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from '../support/photo-phone.ts';

const TICKET = idOf('photos', 'ticket');
const ONE = bytesOf('one', 40_000);

let world: AccountWorld & { admin: Browser };
let volunteer: Browser;
let volunteerId: string;

beforeEach(async () => {
  world = await officeWorld();
  volunteer = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  volunteerId = await volunteer.memberId();
  const words = { id: TICKET, kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(volunteerId, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
});
afterEach(() => world.deps.close());

const phoneOf = (browser: Browser) => photoPhone((path, init) => world.app.request(path, init), browser.cookie);
const reference = (...photos: Bytes[]) =>
  world.apply(volunteerId, addMediaDraft(EAST.grid, TICKET, ...photos.map((one) => mediaOfBytes(one))));
const rows = () => world.deps.db.selectFrom('photo').selectAll().execute();

async function patchCode(photo: Bytes, headers: Record<string, string> = {}): Promise<string> {
  const response = await world.app.request(`/api/photos/${photo.sha}`, {
    method: 'PATCH',
    headers: {
      cookie: volunteer.cookie,
      'content-type': photo.type,
      'upload-offset': '0',
      'upload-length': String(photo.bytes.length),
      ...headers,
    },
    body: photo.bytes,
  });
  return codeOfError(response);
}

test('a photo is brought in pieces of any size, verified at the end, and read back as it was', async () => {
  const phone = phoneOf(volunteer);
  expect(await phone.head(ONE)).toMatchObject({ status: 404 });
  expect(await phone.patch(ONE, 0, 1)).toEqual({ status: 204, offset: 1, complete: false });
  expect(await phone.head(ONE)).toEqual({ status: 200, offset: 1, complete: false });
  expect(await phone.patch(ONE, 1, 39_999)).toEqual({ status: 204, offset: 39_999, complete: false });
  expect(await phone.patch(ONE, 39_999)).toEqual({ status: 204, offset: 40_000, complete: true });
  expect(await phone.head(ONE)).toEqual({ status: 200, offset: 40_000, complete: true });
  await reference(ONE);
  const got = await phone.get(ONE.sha);
  expect(got.status).toBe(200);
  expect(Buffer.from(await got.arrayBuffer()).equals(ONE.bytes)).toBe(true);
  expect(Object.fromEntries(got.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'cache-control': 'private, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
});

test('PH2: bytes that begin elsewhere are told where to begin, and what comes twice changes nothing', async () => {
  const phone = phoneOf(volunteer);
  expect(await phone.patch(ONE, 5)).toMatchObject({ status: 409, offset: 0 });
  expect(await rows()).toEqual([]);
  await phone.patch(ONE, 0, 10_000);
  expect(await phone.patch(ONE, 0, 10_000)).toMatchObject({ status: 409, offset: 10_000 });
  expect(await phone.patch(ONE, 20_000)).toMatchObject({ status: 409, offset: 10_000 });
  expect(await phone.patch(ONE, 10_000)).toMatchObject({ status: 204, complete: true });
  expect(await phone.patch(ONE, 10_000)).toEqual({ status: 204, offset: 40_000, complete: true });
});

test('two phones that bring the same photo at once end with one whole photo', async () => {
  const other = await world.signedIn('彭博', { volunteer: [EAST.grid] });
  const bring = async (phone: ReturnType<typeof phoneOf>) => {
    let told = await phone.patch(ONE, 0, 7000);
    for (let requests = 0; !told.complete && requests < 50; requests++) {
      const from = told.offset;
      told = await phone.patch(ONE, from, Math.min(from + 3000, ONE.bytes.length));
    }
    return told;
  };
  const both = await Promise.all([bring(phoneOf(volunteer)), bring(phoneOf(other))]);
  expect(both.every(({ complete }) => complete)).toBe(true);
  expect(await rows()).toMatchObject([{ sha: ONE.sha, size: 40_000 }]);
  await reference(ONE);
  const got = await phoneOf(other).get(ONE.sha);
  expect(Buffer.from(await got.arrayBuffer()).equals(ONE.bytes)).toBe(true);
});

test('PH3: whole bytes without the hash they were sent under are thrown away, and the phone begins anew', async () => {
  const wrong: Bytes = { ...ONE, bytes: Buffer.from(ONE.bytes) };
  wrong.bytes[30_000] = (wrong.bytes[30_000] ?? 0) ^ 1;
  const phone = phoneOf(volunteer);
  await phone.patch(wrong, 0, 20_000);
  expect(await phone.patch(wrong, 20_000)).toMatchObject({ status: 422 });
  expect(await phone.head(ONE)).toMatchObject({ status: 404 });
  expect(await patchCode(wrong)).toBe('checksum_mismatch');
  expect(await phone.patch(ONE)).toMatchObject({ status: 204, complete: true });
});

test('PH3: bytes that are not what they are called, and photos that say where they were made, are refused', async () => {
  const text = named(Buffer.from('not a picture at all'));
  expect(await patchCode(text)).toBe('media_refused');
  expect(await patchCode({ ...ONE, type: 'image/webp' })).toBe('media_refused');
  expect(await patchCode(jpegWithExif('position'))).toBe('media_refused');
  expect(await patchCode(jpegWithExif('position', true))).toBe('media_refused');
  expect(await rows()).toEqual([]);
  expect(await phoneOf(volunteer).patch(jpegWithExif('orientation'))).toMatchObject({ complete: true });
});

test('a head that says too much, too little or nothing is refused before a byte is kept', async () => {
  expect(await patchCode(ONE, { 'upload-length': String(2 * 1024 * 1024 + 1) })).toBe('too_large');
  const sound = bytesOf('sound', 2000, 'audio/webm');
  expect(await patchCode(sound, { 'upload-length': String(1536 * 1024 + 1) })).toBe('too_large');
  expect(await patchCode(ONE, { 'upload-length': '0' })).toBe('bad_request');
  expect(await patchCode(ONE, { 'upload-length': '-1' })).toBe('bad_request');
  expect(await patchCode(ONE, { 'upload-offset': 'x' })).toBe('bad_request');
  expect(await patchCode(ONE, { 'upload-offset': '40001' })).toBe('bad_request');
  expect(await patchCode(ONE, { 'content-type': 'image/svg+xml' })).toBe('unsupported_media_type');
  expect(await patchCode(ONE, { 'upload-length': '100' })).toBe('too_large');
  expect(await rows()).toEqual([]);
});

test('what came whole just before a crash is verified when somebody asks, and thrown away where it is wrong', async () => {
  const phone = phoneOf(volunteer);
  await phone.patch(ONE, 0, 10_000);
  await world.deps.photos.partials.append(uploadName(ONE.sha, volunteerId), 10_000, ONE.bytes.subarray(10_000));
  expect(await phone.head(ONE)).toEqual({ status: 200, offset: 40_000, complete: true });
  const two = bytesOf('two', 2000);
  await phone.patch(two, 0, 1000);
  await world.deps.photos.partials.append(uploadName(two.sha, volunteerId), 1000, Buffer.alloc(1000));
  expect(await phone.head(two)).toMatchObject({ status: 404 });
  expect(await phone.patch(two)).toMatchObject({ status: 204, complete: true });
});

test('a store that does not answer asks for patience, and keeps what came', async () => {
  const { store } = world.deps.photos;
  const gone = () => Promise.reject(new Error('no answer'));
  world.deps.photos.store = { ...store, put: gone, get: gone, remove: gone };
  expect(await patchCode(ONE)).toBe('unavailable');
  world.deps.photos.store = store;
  expect(await phoneOf(volunteer).head(ONE)).toEqual({ status: 200, offset: 40_000, complete: true });
  await reference(ONE);
  world.deps.photos.store = { ...store, put: gone, get: gone, remove: gone };
  expect((await phoneOf(volunteer).get(ONE.sha)).status).toBe(503);
});

test('I20: bytes that were damaged where they lie are not shown as the photo', async () => {
  await phoneOf(volunteer).patch(ONE);
  await reference(ONE);
  await world.deps.photos.store.put(ONE.sha, ONE.bytes.subarray(1), ONE.type);
  expect((await phoneOf(volunteer).get(ONE.sha)).status).toBe(404);
});

test('a photo announced as something else begins anew as what the second says', async () => {
  const phone = phoneOf(volunteer);
  await phone.patch(ONE, 0, 100, { 'upload-length': '50000' });
  expect(await phone.patch(ONE, 100)).toMatchObject({ status: 409, offset: 0 });
  expect(await phone.patch(ONE)).toMatchObject({ status: 204, complete: true });
});

test('PH4: only who may hold a record that needs it sees a photo; for everyone else it is not there', async () => {
  const phone = phoneOf(volunteer);
  await phone.patch(ONE);
  expect((await phone.get(ONE.sha)).status).toBe(404);
  await reference(ONE);
  const readers: Record<string, [Browser, number]> = {
    volunteer: [volunteer, 200],
    coordinator: [await world.signedIn('姚敏', { coordinator: [EAST.id] }), 200],
    'another grid': [await world.signedIn('程远', { volunteer: [EAST.grid2] }), 404],
    'another community': [await world.signedIn('毛宁', { coordinator: [WEST.id] }), 404],
    claimer: [await world.signedIn('沈青', { claimer: true }), 404],
    nobody: [world.browser(), 401],
  };
  for (const [who, [browser, status]] of Object.entries(readers)) {
    const got = await phoneOf(browser).get(ONE.sha);
    expect(got.status, who).toBe(status);
    const unknown = await phoneOf(browser).get(bytesOf('never').sha);
    expect(unknown.status, who).toBe(status === 200 ? 404 : status);
    if (status === 404) expect(await got.text()).toBe(await unknown.text());
  }
  const remove = { ...ticketStep(EAST.grid, 'resume', { id: TICKET }), name: 'ticket.removeMedia' };
  await world.apply(volunteerId, { ...remove, args: { id: TICKET, sha: ONE.sha } });
  expect((await phone.get(ONE.sha)).status).toBe(404);
});

test('a claimer sees the photos of their own claim, in their own space', async () => {
  const claimer = await world.signedIn('李伟', { claimer: true });
  const id = await claimer.memberId();
  const wish = idOf('photos', 'wish');
  const words = { id: wish, kind: 'wish', item: 'LH03', text: '想装一排小隔离栏', slipId: null } as const;
  await world.apply(volunteerId, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
  const deskId = await (await world.signedIn('姚敏', { coordinator: [EAST.id] })).memberId();
  await world.apply(deskId, ticketStep(EAST.grid, 'accept', { id: wish, tier: null }));
  await world.apply(deskId, ticketStep(EAST.grid, 'publish', { id: wish, cardText: '想装隔离栏。', public: true }));
  await world.apply(id, claimDraft(EAST.id, cardIdOf(wish)));
  const [view] = await readRecords(world.deps.db, memberSpace(id), 'claimView');
  const own = { space: memberSpace(id), v: 1 };
  const media = [mediaOfBytes(ONE, 'before')];
  await phoneOf(claimer).patch(ONE);
  await world.apply(id, { ...own, name: 'claim.addMedia', args: { id: view?.id, media } });
  expect((await phoneOf(claimer).get(ONE.sha)).status).toBe(200);
  expect((await phoneOf(await world.signedIn('沈青', { claimer: true })).get(ONE.sha)).status).toBe(404);

  await world.apply(id, { ...own, name: 'claim.release', args: { id: view?.id, reason: '没有合适的材料' } });
  expect((await phoneOf(claimer).get(ONE.sha)).status).toBe(404);
  expect((await phoneOf(volunteer).get(ONE.sha)).status).toBe(200);
});

test('a voice note is played in parts', async () => {
  const sound = bytesOf('said', 5000, 'audio/webm');
  const phone = phoneOf(volunteer);
  await phone.patch(sound);
  await reference(sound);
  const part = await phone.get(sound.sha, { range: 'bytes=1000-1999' });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe('bytes 1000-1999/5000');
  expect(Buffer.from(await part.arrayBuffer()).equals(sound.bytes.subarray(1000, 2000))).toBe(true);
  const rest = await phone.get(sound.sha, { range: 'bytes=4990-' });
  expect(Buffer.from(await rest.arrayBuffer()).equals(sound.bytes.subarray(4990))).toBe(true);
  const end = await phone.get(sound.sha, { range: 'bytes=-10' });
  expect(Buffer.from(await end.arrayBuffer()).equals(sound.bytes.subarray(4990))).toBe(true);
  for (const odd of ['bytes=9000-', 'bytes=-', 'lines=1-2', 'bytes=5-1', 'bytes=0-1,3-4']) {
    expect((await phone.get(sound.sha, { range: odd })).status, odd).toBe(200);
  }
});

test('the record and what it needs are written together: a refused mutation needs nothing', async () => {
  const refs = () => world.deps.db.selectFrom('media_ref').selectAll().execute();
  await reference(ONE);
  const thumb = bytesOf('small', 900, 'image/webp');
  const two = mediaOfBytes(bytesOf('two'), 'logged', thumb);
  await world.apply(volunteerId, addMediaDraft(EAST.grid, TICKET, two));
  const ref = { space: gridSpace(EAST.grid), kind: 'ticket', id: TICKET };
  const expected = [ONE.sha, two.sha, thumb.sha].map((sha) => ({ sha, ...ref }));
  expect((await refs()).toSorted(bySha)).toEqual(expected.toSorted(bySha));
  const actor = await actorOf(world.deps.db, volunteerId);
  const draft = addMediaDraft(EAST.grid, TICKET, two);
  const again = await applyMutation(world.deps, { ...draft, actor, mid: idOf('again'), at: world.deps.now() });
  expect(again).toMatchObject({ status: 'rejected', code: 'exists' });
  expect(await refs()).toHaveLength(3);
});

const bySha = (a: { sha: string }, b: { sha: string }) => a.sha.localeCompare(b.sha);

test('what no record needs is bounded for each member, and what a record needs is not counted', async () => {
  const big = (n: number) => ({ sha: bytesOf(`big ${n}`).sha, type: 'image/jpeg', member_id: volunteerId });
  const size = UNREFERENCED_BYTES / 32;
  const many = Array.from({ length: 32 }, (_, n) => ({ ...big(n), size, brought_at: world.deps.now() }));
  await world.deps.db.insertInto('photo_bringer').values(many).execute();
  expect(await patchCode(ONE)).toBe('uploads_full');
  expect(await phoneOf(await world.signedIn('彭博', { volunteer: [EAST.grid] })).patch(bytesOf('two'))).toMatchObject({
    status: 204,
  });
  const ref = { space: gridSpace(EAST.grid), kind: 'ticket', id: TICKET };
  await world.deps.db
    .insertInto('media_ref')
    .values({ sha: many[0]?.sha ?? '', ...ref })
    .execute();
  expect(await phoneOf(volunteer).patch(ONE)).toMatchObject({ status: 204, complete: true });
});

test('PH15: what is brought for one member is not taken as another’s, who is signed in there by now', async () => {
  await reference(ONE);
  const other = await world.signedIn('程远', { volunteer: [EAST.grid] });
  const forMember = { 'upload-member': volunteerId };
  const asOther = phoneOf(other);
  expect(await asOther.patch(ONE, 0, undefined, forMember)).toMatchObject({ status: 401 });
  const head = await world.app.request(`/api/photos/${ONE.sha}`, {
    method: 'HEAD',
    headers: { cookie: other.cookie, ...forMember },
  });
  expect(head.status).toBe(401);
  expect(await rows()).toEqual([]);
  expect(await phoneOf(volunteer).patch(ONE, 0, undefined, forMember)).toMatchObject({ status: 204, complete: true });
});

test('a phone that was signed out from afar brings the bytes of what is held, and no others, and reads none', async () => {
  const late = await world.signedIn('程远', { volunteer: [EAST.grid] });
  const id = await late.memberId();
  const desk = await world.signedIn('姚敏', { coordinator: [EAST.id] });
  await desk.ask('PATCH', `/api/members/${id}`, { active: false });
  expect(await phoneOf(late).patch(ONE)).toMatchObject({ status: 401 });
  const { space, name, v, args } = addMediaDraft(EAST.grid, TICKET, mediaOfBytes(ONE));
  const mutation = { seq: 1, mid: idOf('late', 'mid'), name, v, args, at: world.deps.now() };
  await late.ask('POST', '/api/sync', {
    protocol: PROTOCOL_VERSION,
    member: id,
    client: 'c-late',
    epoch: null,
    build: 'test',
    pending: 1,
    sentAt: world.deps.now(),
    lastContactAt: null,
    push: [{ space, mutations: [mutation] }],
    pull: [],
  });
  expect(await phoneOf(late).patch(ONE)).toMatchObject({ status: 204, complete: true });
  expect(await phoneOf(late).head(ONE)).toMatchObject({ complete: true });
  expect(await phoneOf(late).patch(bytesOf('two'))).toMatchObject({ status: 401 });
  expect((await phoneOf(late).get(ONE.sha)).status).toBe(401);

  const [held] = (await (await desk.ask('GET', '/api/held')).json()) as { id: string }[];
  expect((await desk.ask('POST', `/api/held/${held?.id}/accept`)).status).toBe(200);
  expect((await phoneOf(desk).get(ONE.sha)).status).toBe(200);
});

test.each([
  ['noAccess', 404],
  ['revoked', 200],
])('[PH4] the photo of what is held (%s) is seen by who decides over it, and by nobody else', async (reason, after) => {
  const late = await world.signedIn('程远', { volunteer: [EAST.grid] });
  const desk = await world.signedIn('姚敏', { coordinator: [EAST.id] });
  const own = { member_id: await late.memberId(), member_name: '程远', client: 'c-late', mid: idOf('late', 'mid') };
  const { name, args } = addMediaDraft(EAST.grid, TICKET, mediaOfBytes(ONE));
  const what = { space: gridSpace(EAST.grid), mutation: name, version: 1, args: JSON.stringify(args) };
  const times = { reason, at: 1, device_at: 1, received_at: 1 };
  const open = { resolved_at: null, resolved_by: null, resolution: null };
  await world.deps.db
    .insertInto('held')
    .values({ id: idOf('held'), ...own, ...what, ...times, ...open })
    .execute();
  await phoneOf(late).patch(ONE);
  const others = [
    await world.signedIn('毛宁', { coordinator: [WEST.id] }),
    await world.signedIn('彭博', { volunteer: [EAST.grid] }),
    world.admin,
    late,
  ];
  expect((await phoneOf(desk).get(ONE.sha)).status).toBe(200);
  for (const other of others) expect((await phoneOf(other).get(ONE.sha)).status).toBe(404);

  await desk.ask('POST', `/api/held/${idOf('held')}/return`, { reason: '请重新填写' });
  expect((await phoneOf(desk).get(ONE.sha)).status).toBe(after);
  for (const other of others) expect((await phoneOf(other).get(ONE.sha)).status).toBe(404);
});
