import { afterEach, beforeEach, expect, test } from 'vitest';
import { gridSpace } from '../../src/domain/space/space.ts';
import { codeOfError, EAST, officeWorld, WEST, type AccountWorld, type Browser } from '../support/account-world.ts';
import { codeOf, contactDraft, idOf, placeInGrid, slipDraft, ticketDraft } from '../support/factories.ts';
import { bytesOf, type Bytes } from '../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from '../support/photo-phone.ts';

const [IN_EAST, IN_WEST] = [idOf('by hash', 'east'), idOf('by hash', 'west')];
const ONE = bytesOf('by hash', 40_000);
const THUMB = bytesOf('by hash, small', 900, 'image/webp');

let world: AccountWorld;
let author: Browser;
let authorId: string;
/** Works in the other community, and knows the hash. */
let knower: Browser;
let knowerId: string;
let westDesk: Browser;
let eastDesk: Browser;

const phoneOf = (browser: Browser) => photoPhone((path, init) => world.app.request(path, init), browser.cookie);
const statusOf = async (browser: Browser, { sha }: Bytes) => (await phoneOf(browser).get(sha)).status;
const nameInWest = (by: string, ...photos: Bytes[]) =>
  world.apply(by, addMediaDraft(WEST.grid, IN_WEST, ...photos.map((one) => mediaOfBytes(one))));

/** A matter of a resident who can follow it by its slip. */
async function logWithSlip(by: string, { id, grid }: { id: string; grid: string }, ticket: string): Promise<void> {
  const [slip, contact] = [idOf('by hash', 'slip'), idOf('by hash', 'contact')];
  await world.apply(by, contactDraft(contact, grid, { name: '俞奶奶', phone: '19900001234' }));
  const words = { kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: slip, contactId: contact } as const;
  await world.apply(by, ticketDraft(placeInGrid(id, grid), { id: ticket, ...words }));
  const issued = { id: slip, code: codeOf('by hash'), visitId: null, ticketIds: [ticket], contactId: contact };
  await world.apply(by, slipDraft(grid, { ...issued, proof: 'phone' }));
}
const see = async ({ sha }: Bytes) => (await world.app.request(`/r/${codeOf('by hash')}/photos/${sha}`)).status;

beforeEach(async () => {
  world = await officeWorld();
  author = await world.signedIn('范晓', { volunteer: [EAST.grid] });
  knower = await world.signedIn('程远', { volunteer: [WEST.grid] });
  [authorId, knowerId] = [await author.memberId(), await knower.memberId()];
  westDesk = await world.signedIn('毛宁', { coordinator: [WEST.id] });
  eastDesk = await world.signedIn('姚敏', { coordinator: [EAST.id] });
  const words = { kind: 'issue', item: 'LD01', text: '楼道灯不亮', slipId: null } as const;
  await world.apply(authorId, ticketDraft(placeInGrid(EAST.id, EAST.grid), { id: IN_EAST, ...words }));
  await world.apply(knowerId, ticketDraft(placeInGrid(WEST.id, WEST.grid), { id: IN_WEST, ...words }));
  for (const photo of [ONE, THUMB]) await phoneOf(author).patch(photo);
  await world.apply(authorId, addMediaDraft(EAST.grid, IN_EAST, mediaOfBytes(ONE, 'before', THUMB)));
}, 60_000);
afterEach(() => world.deps.close());

test('PH4: to name a hash without having its bytes opens nothing, to whoever names it or to anyone they work with', async () => {
  for (const photo of [ONE, THUMB]) expect(await phoneOf(knower).head(photo)).toMatchObject({ status: 404 });
  await nameInWest(knowerId, ONE, THUMB);
  for (const photo of [ONE, THUMB]) {
    for (const browser of [knower, westDesk]) {
      expect(await statusOf(browser, photo)).toBe(404);
      expect(await phoneOf(browser).head(photo)).toMatchObject({ status: 404 });
    }
    expect(await phoneOf(knower).patch(photo, photo.bytes.length)).toMatchObject({ status: 409, offset: 0 });
    expect(await statusOf(knower, photo)).toBe(404);
    for (const browser of [author, eastDesk]) expect(await statusOf(browser, photo)).toBe(200);
  }
});

test('PH4: nor as the thumbnail of a photo that one has, nor on the page of a resident', async () => {
  const own = bytesOf('own');
  const ticket = idOf('by hash', 'with slip');
  await phoneOf(knower).patch(own);
  await logWithSlip(knowerId, WEST, ticket);
  const media = [mediaOfBytes(own, 'after', THUMB), mediaOfBytes(ONE)];
  await world.apply(knowerId, addMediaDraft(WEST.grid, ticket, ...media));
  for (const { sha } of [own, ONE]) {
    const args = { id: ticket, sha, show: true };
    await world.apply(await westDesk.memberId(), { space: gridSpace(WEST.grid), name: 'ticket.showMedia', v: 1, args });
  }
  expect([await see(own), await see(THUMB), await see(ONE)]).toEqual([200, 404, 404]);
  expect([await statusOf(knower, own), await statusOf(knower, THUMB)]).toEqual([200, 404]);
});

test('PH4: who has the bytes brings them as if they were not here, and they are kept once', async () => {
  let puts = 0;
  const { store } = world.deps.photos;
  world.deps.photos.store = { ...store, put: (...what) => ((puts += 1), store.put(...what)) };
  const phone = phoneOf(knower);
  await nameInWest(knowerId, ONE);
  expect(await phone.patch(ONE, 0, 30_000)).toEqual({ status: 204, offset: 30_000, complete: false });
  expect(await phone.head(ONE)).toEqual({ status: 200, offset: 30_000, complete: false });
  expect(await statusOf(knower, ONE)).toBe(404);
  expect(await phone.patch(ONE, 30_000)).toEqual({ status: 204, offset: 40_000, complete: true });
  expect(await phone.head(ONE)).toMatchObject({ status: 200, complete: true });
  for (const browser of [knower, westDesk, author]) expect(await statusOf(browser, ONE)).toBe(200);
  expect(puts).toBe(0);
});

test('PH4: what two put into one matter is shown once either has brought it, to the resident as well', async () => {
  const same = bytesOf('same', 9_000);
  const ticket = idOf('by hash', 'of two');
  const second = await world.signedIn('彭博', { volunteer: [EAST.grid] });
  await logWithSlip(authorId, EAST, ticket);
  for (const by of [authorId, await second.memberId()]) {
    await world.apply(by, addMediaDraft(EAST.grid, ticket, mediaOfBytes(same, 'after')));
  }
  const args = { id: ticket, sha: same.sha, show: true };
  await world.apply(await eastDesk.memberId(), { space: gridSpace(EAST.grid), name: 'ticket.showMedia', v: 1, args });
  expect([await statusOf(eastDesk, same), await see(same)]).toEqual([404, 404]);
  expect(await phoneOf(second).patch(same)).toMatchObject({ complete: true });
  for (const browser of [author, second, eastDesk]) expect(await statusOf(browser, same)).toBe(200);
  expect(await see(same)).toBe(200);
});

test('PH4: nobody who puts the same photo there vouches for the thumbnail that another named', async () => {
  const same = bytesOf('same', 9_000);
  const own = bytesOf('same, small', 700, 'image/webp');
  const both = await world.signedIn('彭博', { volunteer: [EAST.grid, WEST.grid] });
  await phoneOf(knower).patch(same);
  // By somebody who knows a hash alone, and then by somebody who has the bytes.
  await logWithSlip(knowerId, WEST, idOf('by hash', 'named'));
  const named = (by: string, thumb: Bytes) =>
    world.apply(by, addMediaDraft(WEST.grid, idOf('by hash', 'named'), mediaOfBytes(same, 'after', thumb)));
  await named(knowerId, ONE);
  for (const photo of [same, ONE, own]) await phoneOf(both).patch(photo);
  await named(await both.memberId(), own);
  const args = { id: idOf('by hash', 'named'), sha: same.sha, show: true };
  await world.apply(await westDesk.memberId(), { space: gridSpace(WEST.grid), name: 'ticket.showMedia', v: 1, args });
  for (const browser of [knower, westDesk]) {
    expect([await statusOf(browser, same), await statusOf(browser, own), await statusOf(browser, ONE)]).toEqual([
      200, 200, 404,
    ]);
  }
  expect([await see(same), await see(own), await see(ONE)]).toEqual([200, 200, 404]);
});

test('PH4: who brings something else under a hash gets nothing, and takes nothing from those who see it', async () => {
  await nameInWest(knowerId, ONE);
  expect(await phoneOf(knower).patch({ ...ONE, bytes: bytesOf('else', 40_000).bytes })).toMatchObject({ status: 422 });
  expect([await statusOf(knower, ONE), await statusOf(author, ONE)]).toEqual([404, 200]);
  expect(await phoneOf(author).head(ONE)).toMatchObject({ complete: true });
});

test('what has come of an upload is its member’s: another goes on with none of it and spoils none of it', async () => {
  const half = bytesOf('half', 20_000);
  await phoneOf(author).patch(half, 0, 19_999);
  expect(await phoneOf(knower).head(half)).toMatchObject({ status: 404 });
  expect(await phoneOf(knower).patch(half, 19_999)).toMatchObject({ status: 409, offset: 0 });
  expect(await phoneOf(knower).patch({ ...half, bytes: Buffer.alloc(20_000) })).toMatchObject({ status: 422 });
  const second = world.browser();
  await second.signIn('范晓');
  expect(await phoneOf(second).head(half)).toEqual({ status: 200, offset: 19_999, complete: false });
  expect(await phoneOf(second).patch(half, 19_999)).toMatchObject({ status: 204, complete: true });
  expect(await phoneOf(author).head(half)).toMatchObject({ complete: true });
});

test('who may see it need not bring it again, and may show it where they put it', async () => {
  const both = await world.signedIn('彭博', { volunteer: [EAST.grid, WEST.grid] });
  expect(await phoneOf(both).head(ONE)).toEqual({ status: 200, offset: 40_000, complete: true });
  await nameInWest(await both.memberId(), ONE);
  expect([await statusOf(knower, ONE), await statusOf(westDesk, ONE)]).toEqual([200, 200]);
});

test('PH4: what is held of somebody who never had the bytes shows them neither before it is accepted nor after', async () => {
  const { name, args, space } = addMediaDraft(WEST.grid, IN_WEST, mediaOfBytes(ONE));
  const by = { client: 'c', member_id: knowerId, member_name: '程远', mid: idOf('by hash', 'mid') };
  const times = { reason: 'noAccess', at: 1, device_at: 1, received_at: 1 };
  const open = { resolved_at: null, resolved_by: null, resolution: null };
  const what = { id: idOf('held'), space, mutation: name, version: 1, args: JSON.stringify(args) };
  await world.deps.db
    .insertInto('held')
    .values({ ...what, ...by, ...times, ...open })
    .execute();
  expect(await statusOf(westDesk, ONE)).toBe(404);
  expect((await westDesk.ask('POST', `/api/held/${what.id}/accept`)).status).toBe(200);
  expect(await statusOf(westDesk, ONE)).toBe(404);
  expect(await phoneOf(knower).patch(ONE)).toMatchObject({ complete: true });
  expect([await statusOf(westDesk, ONE), await statusOf(knower, ONE)]).toEqual([200, 200]);
});

test('what is said of a hash to who has not brought it is word for word what is said of one that is not here', async () => {
  const never = bytesOf('never', 40_000);
  await nameInWest(knowerId, ONE, never);
  const said = async ({ sha }: Bytes) => codeOfError(await phoneOf(knower).get(sha));
  expect(await said(ONE)).toBe(await said(never));
  expect(await phoneOf(knower).head(ONE)).toEqual(await phoneOf(knower).head(never));
  expect(await phoneOf(knower).patch(ONE, 5)).toEqual(await phoneOf(knower).patch(never, 5));
  expect(await phoneOf(knower).patch(ONE, 0, 5)).toEqual(await phoneOf(knower).patch(never, 0, 5));
});
