import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Roles } from '../../src/domain/actor/actor.ts';
import type { MutationDraft } from '../../src/domain/mutation/mutator.ts';
import type { Place } from '../../src/domain/place/place.ts';
import { communitySpace, contactSpace, gridSpace } from '../../src/domain/space/space.ts';
import type { HeldEntry } from '../../src/protocol/desk-messages.ts';
import type { Receipt, SyncResponse } from '../../src/protocol/sync-messages.ts';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { EAST, officeWorld, type Browser } from '../support/account-world.ts';
import {
  codeOf,
  contactDraft,
  idOf,
  placeInGrid,
  slipDraft,
  ticketDraft,
  ticketStep,
  visitDraft,
} from '../support/factories.ts';
import { bytesOf } from '../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes, photoPhone } from '../support/photo-phone.ts';
import { SyncPhone } from '../support/sync-phone.ts';

let world: Awaited<ReturnType<typeof officeWorld>>;
let coordinator: Browser;
let boss: string;
let count = 0;

beforeAll(async () => {
  world = await officeWorld();
  coordinator = await world.signedIn('desk', { coordinator: [EAST.id] });
  boss = await world.member('boss', { admin: true });
}, 60_000);
afterAll(() => world.deps.close());

/** A new building in the first grid, with one door. */
let building: string;
let place: Place;
beforeEach(async () => {
  count++;
  building = idOf('building', String(count));
  const [estateId, entranceId, floorId, roomId] = ['estate', 'entrance', 'floor', 'room'].map((part) =>
    idOf(part, String(count)),
  ) as [string, string, string, string];
  const space = communitySpace(EAST.id);
  const shape = (name: string, args: unknown) => world.apply(boss, { space, name, v: 1, args });
  await shape('estate.create', { id: estateId, name: '凤凰苑', gridId: EAST.grid });
  const floors = [{ id: floorId, label: '1', rooms: [{ id: roomId, label: '101' }] }];
  const entrances = [{ id: entranceId, label: '1单元', floors }];
  await shape('building.create', { id: building, name: `${count}幢`, estateId, gridId: EAST.grid, entrances });
  const known = { estateId, buildingId: building, entranceId, floorId, roomId, estateName: '凤凰苑' };
  place = { ...placeInGrid(EAST.id, EAST.grid, `凤凰苑 ${count}幢 1单元 101`), ...known };
});

const move = (from = EAST.grid, to = EAST.grid2): Promise<void> =>
  world.apply(boss, {
    space: communitySpace(EAST.id),
    name: 'building.move',
    v: 1,
    args: { id: building, from, to },
  });

async function phoneOf(roles: Partial<Roles>): Promise<SyncPhone & { browser: Browser }> {
  const name = `volunteer-${++count}`;
  const browser = await world.signedIn(name, roles);
  const id = await browser.memberId();
  const send = async (request: object) =>
    (await (await browser.ask('POST', '/api/sync', request)).json()) as SyncResponse;
  return Object.assign(new SyncPhone(id, send, { client: name, clock: world.deps.now() }), { browser });
}

async function handIn(phone: SyncPhone, drafts: readonly MutationDraft[]): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  for (const { space, name, args } of drafts) {
    const { pushed } = await phone.push(space, phone.mutation(space, name, args));
    receipts.push(...(pushed[0]?.receipts ?? []));
  }
  return receipts;
}

/** What one save at the door writes, in the order in which it lies in the outbox. */
function savedAtDoor(of: string) {
  const ids = {
    visit: idOf('visit', of),
    contact: idOf('contact', of),
    ticket: idOf('ticket', of),
    slip: idOf('slip', of),
  };
  const drafts = [
    visitDraft(ids.visit, place),
    contactDraft(ids.contact, EAST.grid, { name: '潘阿姨', phone: '19900001234' }),
    ticketDraft(place, {
      id: ids.ticket,
      kind: 'issue',
      item: 'LD01',
      text: '信报箱坏了。',
      visitId: ids.visit,
      slipId: ids.slip,
      contactId: ids.contact,
    }),
    slipDraft(EAST.grid, {
      id: ids.slip,
      code: codeOf(of),
      visitId: ids.visit,
      ticketIds: [ids.ticket],
      contactId: ids.contact,
      proof: 'phone',
    }),
  ];
  return { ids, drafts };
}

const stands = async (gridId: string, kind: 'visit' | 'ticket' | 'slip', id: string) =>
  (await readRecord(world.deps.db, gridSpace(gridId), kind, id))?.data;
const contactStands = async (gridId: string, id: string) =>
  (await readRecord(world.deps.db, contactSpace(gridId), 'contact', id))?.data;

test('BM1, BM2: what was written at a door before the building moved, and arrives after, stands in the new grid', async () => {
  const phone = await phoneOf({ volunteer: [EAST.grid, EAST.grid2] });
  await move();
  const { ids, drafts } = savedAtDoor('late');
  const receipts = await handIn(phone, drafts);
  expect(receipts.map(({ status }) => status)).toEqual(['applied', 'applied', 'applied', 'applied']);
  expect(await stands(EAST.grid2, 'visit', ids.visit)).toMatchObject({ place: { gridId: EAST.grid2 } });
  expect(await stands(EAST.grid2, 'ticket', ids.ticket)).toMatchObject({ place: { gridId: EAST.grid2 } });
  expect(await stands(EAST.grid2, 'slip', ids.slip)).toMatchObject({ ticketIds: [ids.ticket] });
  expect(await contactStands(EAST.grid2, ids.contact)).toMatchObject({ phone: '19900001234' });
  expect(await contactStands(EAST.grid, ids.contact)).toBeUndefined();
  expect(await stands(EAST.grid, 'ticket', ids.ticket)).toBeUndefined();
});

test('BM4: a contact that arrives after its ticket was led elsewhere is led there too', async () => {
  const phone = await phoneOf({ volunteer: [EAST.grid, EAST.grid2] });
  await move();
  const { ids, drafts } = savedAtDoor('contact-last');
  const [visit, contact, ticket, slip] = drafts as [MutationDraft, MutationDraft, MutationDraft, MutationDraft];
  await handIn(phone, [visit, ticket, slip, contact]);
  expect(await contactStands(EAST.grid2, ids.contact)).toMatchObject({ name: '潘阿姨' });
  expect(await contactStands(EAST.grid, ids.contact)).toBeUndefined();
});

test('BM4: a slip that arrives after its ticket was led elsewhere, and back, is found where it stands', async () => {
  const phone = await phoneOf({ volunteer: [EAST.grid, EAST.grid2] });
  await move();
  const { ids, drafts } = savedAtDoor('slip-last');
  await handIn(phone, drafts.slice(0, 3));
  await move(EAST.grid2, EAST.grid);
  expect(await handIn(phone, drafts.slice(3))).toMatchObject([{ status: 'applied' }]);
  expect(await stands(EAST.grid, 'slip', ids.slip)).toMatchObject({ ticketIds: [ids.ticket] });
  const another = idOf('ticket', 'slip-last, another');
  const added = { id: ids.slip, ticketId: another };
  const later = [
    ticketDraft(place, { id: another, kind: 'issue', item: 'LD01', text: '楼道灯不亮。' }),
    { space: gridSpace(EAST.grid), name: 'slip.add', v: 1, args: added },
  ];
  expect(await handIn(phone, later)).toMatchObject([{ status: 'applied' }, { status: 'applied' }]);
  expect(await stands(EAST.grid, 'slip', ids.slip)).toMatchObject({ ticketIds: [ids.ticket, another] });
});

test('BM2: a step that was on its way follows its ticket, however often the building moved', async () => {
  const phone = await phoneOf({ volunteer: [EAST.grid, EAST.grid2] });
  const { ids, drafts } = savedAtDoor('steps');
  await handIn(phone, drafts);
  await move();
  const amend = (from: string, to: string) => ticketStep(EAST.grid, 'amend', { id: ids.ticket, text: { from, to } });
  expect(await handIn(phone, [amend('信报箱坏了。', '信报箱坏了两个。')])).toMatchObject([{ status: 'applied' }]);
  expect(await stands(EAST.grid2, 'ticket', ids.ticket)).toMatchObject({ text: '信报箱坏了两个。' });
  await move(EAST.grid2, EAST.grid);
  expect(await handIn(phone, [amend('信报箱坏了两个。', '信报箱坏了三个。')])).toMatchObject([{ status: 'applied' }]);
  expect(await stands(EAST.grid, 'ticket', ids.ticket)).toMatchObject({ text: '信报箱坏了三个。' });
  const late = { ...amend('信报箱坏了三个。', '信报箱坏了四个。'), space: gridSpace(EAST.grid2) };
  expect(await handIn(phone, [late])).toMatchObject([{ status: 'applied' }]);
  expect(await stands(EAST.grid, 'ticket', ids.ticket)).toMatchObject({ text: '信报箱坏了四个。' });
});

test('BM3, BM4: who may not write in the new grid has it held; accepted, it stands there', async () => {
  const phone = await phoneOf({ volunteer: [EAST.grid] });
  const { ids, drafts } = savedAtDoor('held');
  await move();
  const receipts = await handIn(phone, drafts);
  expect(receipts.map(({ status, code }) => [status, code])).toEqual([
    ['quarantined', 'moved'],
    ['applied', ''],
    ['quarantined', 'moved'],
    ['quarantined', 'moved'],
  ]);
  const held = (await (await coordinator.ask('GET', '/api/held')).json()) as HeldEntry[];
  for (const { id } of held.filter(({ reason }) => reason === 'moved')) {
    const answer = await coordinator.ask('POST', `/api/held/${id}/accept`);
    expect(await answer.json()).toMatchObject({ status: 'applied' });
  }
  expect(await stands(EAST.grid2, 'visit', ids.visit)).toMatchObject({ byId: phone.member });
  expect(await stands(EAST.grid2, 'ticket', ids.ticket)).toMatchObject({ loggedBy: phone.member });
  expect(await contactStands(EAST.grid2, ids.contact)).toMatchObject({ name: '潘阿姨' });
  expect(await stands(EAST.grid2, 'slip', ids.slip)).toMatchObject({ ticketIds: [ids.ticket] });
  expect(await stands(EAST.grid, 'slip', ids.slip)).toBeUndefined();
  expect(await (await world.app.request(`/r/${codeOf('held')}`)).text()).toContain('已登记');
});

test('BM3: who never had a say in the old grid learns nothing of what has gone from it', async () => {
  const insider = await phoneOf({ volunteer: [EAST.grid] });
  const outsider = await phoneOf({ claimer: true });
  const { ids, drafts } = savedAtDoor('outsider');
  await handIn(insider, drafts);
  await move();
  const step = (id: string) => ticketStep(EAST.grid, 'withdraw', { id, reason: '已经好了' });
  const [about, unknown] = await handIn(outsider, [step(ids.ticket), step(idOf('nothing'))]);
  expect(about).toMatchObject({ status: 'rejected', code: 'noAccess' });
  expect(unknown).toMatchObject({ status: 'rejected', code: 'noAccess' });
});

test('a resident’s code leads to the matter where it stands now', async () => {
  const phone = await phoneOf({ volunteer: [EAST.grid] });
  const { drafts } = savedAtDoor('resident');
  await handIn(phone, drafts);
  await move();
  const page = await world.app.request(`/r/${codeOf('resident')}`);
  expect(await page.text()).toContain('已登记');
});

test('a place that never was in the grid is still refused', async () => {
  const phone = await phoneOf({ volunteer: [EAST.grid, EAST.grid2] });
  const wrong = { ...place, gridId: EAST.grid2 };
  const [receipt] = await handIn(phone, [visitDraft(idOf('wrong'), wrong)]);
  expect(receipt).toMatchObject({ status: 'rejected', code: 'wrongPlace' });
});

test('who works in the new grid alone takes no contact along that others need', async () => {
  const insider = await phoneOf({ volunteer: [EAST.grid] });
  const contact = idOf('contact', 'of others');
  const elsewhere = placeInGrid(EAST.id, EAST.grid);
  await handIn(insider, [
    contactDraft(contact, EAST.grid, { name: '潘阿姨', phone: '19900001234' }),
    ticketDraft(elsewhere, { id: idOf('theirs'), kind: 'issue', item: 'LD01', text: '路灯不亮。', contactId: contact }),
  ]);
  await move();
  const outsider = await phoneOf({ volunteer: [EAST.grid2] });
  const words = { id: idOf('mine'), kind: 'issue', item: 'LD01', text: '信报箱坏了。', contactId: contact } as const;
  expect(await handIn(outsider, [ticketDraft(place, words)])).toMatchObject([{ status: 'applied' }]);
  expect(await contactStands(EAST.grid2, contact)).toBeUndefined();
  expect(await contactStands(EAST.grid, contact)).toMatchObject({ name: '潘阿姨' });
});

test('BM3: what follows a held matter is held with it, and accepted after it finds it', async () => {
  const phone = await phoneOf({ volunteer: [EAST.grid] });
  await move();
  const words = { id: idOf('followed'), kind: 'issue', item: 'LD01', text: '信报箱坏了。' } as const;
  const text = { from: '信报箱坏了。', to: '信报箱坏了两个。' };
  const receipts = await handIn(phone, [
    ticketDraft(place, words),
    ticketStep(EAST.grid, 'amend', { id: words.id, text }),
  ]);
  expect(receipts).toMatchObject([
    { status: 'quarantined', code: 'moved' },
    { status: 'quarantined', code: 'moved' },
  ]);
  const held = (await (await coordinator.ask('GET', '/api/held')).json()) as HeldEntry[];
  for (const { id, memberName } of held) {
    if (memberName === phone.client) await coordinator.ask('POST', `/api/held/${id}/accept`);
  }
  expect(await stands(EAST.grid2, 'ticket', words.id)).toMatchObject({ text: '信报箱坏了两个。' });
});

test('a step that its author could take nowhere is refused, not held for somebody to wave through', async () => {
  const phone = await phoneOf({ volunteer: [EAST.grid] });
  const { ids, drafts } = savedAtDoor('forbidden');
  await handIn(phone, drafts);
  await move();
  const [receipt] = await handIn(phone, [ticketStep(EAST.grid, 'decline', { id: ids.ticket, reason: '不归我们' })]);
  expect(receipt).toMatchObject({ status: 'rejected', code: 'forbidden' });
});

test('a contact that was corrected in the new grid is not undone by a copy that comes later', async () => {
  const phone = await phoneOf({ volunteer: [EAST.grid, EAST.grid2] });
  const { ids, drafts } = savedAtDoor('corrected');
  const elsewhere = placeInGrid(EAST.id, EAST.grid);
  const other = {
    id: idOf('shares'),
    kind: 'issue',
    item: 'LD01',
    text: '路灯不亮。',
    contactId: ids.contact,
  } as const;
  await handIn(phone, [...drafts, ticketDraft(elsewhere, other)]);
  await move();
  const amend = { id: ids.contact, phone: { from: '19900001234', to: '19900005678' } };
  const space = contactSpace(EAST.grid2);
  expect(await handIn(phone, [{ space, name: 'contact.amend', v: 1, args: amend }])).toMatchObject([
    { status: 'applied' },
  ]);
  const late = { id: idOf('late'), kind: 'issue', item: 'LD01', text: '门铃坏了。', contactId: ids.contact } as const;
  await handIn(phone, [ticketDraft(place, late)]);
  expect(await contactStands(EAST.grid2, ids.contact)).toMatchObject({ phone: '19900005678' });
});

test('PH4: a photo goes with its matter: who works in the new grid sees it, who brought it into the old one no more', async () => {
  const [old, present] = [await phoneOf({ volunteer: [EAST.grid] }), await phoneOf({ volunteer: [EAST.grid2] })];
  const photosOf = ({ browser }: { browser: Browser }) =>
    photoPhone((path, init) => world.app.request(path, init), browser.cookie);
  const [photo, id] = [bytesOf(`moves ${count}`), idOf('ticket', 'with a photo')];
  await photosOf(old).patch(photo);
  const words = { id, kind: 'issue', item: 'LD01', text: '信报箱坏了。', slipId: null } as const;
  await handIn(old, [ticketDraft(place, words), addMediaDraft(EAST.grid, id, mediaOfBytes(photo))]);
  const seen = () => Promise.all([old, present].map(async (one) => (await photosOf(one).get(photo.sha)).status));
  expect(await seen()).toEqual([200, 404]);
  await move();
  expect(await seen()).toEqual([404, 200]);
});
