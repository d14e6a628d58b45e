import { afterAll, beforeAll, expect, test } from 'vitest';
import { REVEALS_A_DAY } from '../../src/server/desk/reveal-contact.ts';
import { contactSpace, gridSpace } from '../../src/domain/space/space.ts';
import { readRecords } from '../../src/server/sync/read-record.ts';
import { codeOfError, EAST, officeWorld, WEST, type Browser } from '../support/account-world.ts';
import { contactDraft, idOf, placeInGrid, ticketDraft } from '../support/factories.ts';

const contactId = idOf('contact');
const ticketId = idOf('ticket');
const asked = { gridId: EAST.grid, contactId, ticketId, reason: '约上门修灯' };

let world: Awaited<ReturnType<typeof officeWorld>>;
let coordinator: Browser;
let volunteer: Browser;
beforeAll(async () => {
  world = await officeWorld();
  coordinator = await world.signedIn('east-desk', { coordinator: [EAST.id] });
  volunteer = await world.signedIn('east-volunteer', { volunteer: [EAST.grid] });
  const author = await world.member('author', { volunteer: [EAST.grid] });
  await world.apply(author, contactDraft(contactId, EAST.grid, { name: '苏婆婆', phone: '13800001234', note: '耳背' }));
  const words = { id: ticketId, kind: 'issue', item: 'LD01', text: '灯不亮', contactId } as const;
  await world.apply(author, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
  await world.apply(
    author,
    ticketDraft(placeInGrid(EAST.id, EAST.grid), { ...words, id: idOf('other'), contactId: null }),
  );
}, 60_000);
afterAll(() => world.deps.close());

const reveal = (browser: Browser, change: Partial<typeof asked> = {}) =>
  browser.ask('POST', '/api/reveal', { ...asked, ...change });

test('a contact is read with a reason, and coordinators see who read it', async () => {
  expect(await (await reveal(coordinator)).json()).toEqual({
    name: '苏婆婆',
    phone: '13800001234',
    note: '耳背',
    clashes: [],
    showForMs: 60_000,
  });
  world.deps.advance(1000);
  expect((await reveal(volunteer, { reason: '告诉她时间' })).status).toBe(200);
  const trace = (await (await coordinator.ask('GET', `/api/reveals?ticket=${ticketId}`)).json()) as object[];
  expect(trace).toEqual([
    expect.objectContaining({ byName: 'east-volunteer', reason: '告诉她时间' }),
    expect.objectContaining({ byName: 'east-desk', reason: '约上门修灯', at: world.deps.now() - 1000 }),
  ]);
});

test('corrections of a contact that met are read with it: what did not go in, and a text that came too late', async () => {
  const [first, second] = [
    await world.member('first hand', { volunteer: [EAST.grid] }),
    await world.member('second hand', { volunteer: [EAST.grid] }),
  ];
  const [id, ticket] = [idOf('contact', 'clashed'), idOf('ticket', 'clashed')];
  const amend = (field: string, from: string, to: string) => ({
    space: contactSpace(EAST.grid),
    name: 'contact.amend',
    v: 1,
    args: { id, [field]: { from, to } },
  });
  await world.apply(first, contactDraft(id, EAST.grid, { name: '潘阿姨', phone: '13800001234', note: '三楼' }));
  const words = { id: ticket, kind: 'issue', item: 'LD01', text: '灯不亮', contactId: id } as const;
  await world.apply(first, ticketDraft(placeInGrid(EAST.id, EAST.grid), words));
  await world.apply(first, amend('note', '三楼', '四楼'));
  await world.apply(second, amend('note', '三楼', '五楼'));
  const [conflict] = await readRecords(world.deps.db, gridSpace(EAST.grid), 'conflict');
  expect(JSON.stringify(conflict)).not.toContain('五楼');
  const late = { id: conflict?.id, choose: 'edited', text: '四楼，敲重一点', seen: { value: '****', turn: 1 } };
  await world.apply(second, { space: gridSpace(EAST.grid), name: 'conflict.resolve', v: 2, args: late });

  const shown = await reveal(coordinator, { contactId: id, ticketId: ticket });
  expect(await shown.json()).toMatchObject({
    note: '四楼',
    clashes: [
      {
        id: conflict?.id,
        field: 'note',
        byName: 'second hand',
        standing: '四楼',
        mine: '五楼',
        late: ['四楼，敲重一点'],
      },
    ],
  });
  const taken = { ...late, seen: { value: '****', turn: 0 } };
  const decider = await coordinator.memberId();
  await world.apply(decider, { space: gridSpace(EAST.grid), name: 'conflict.resolve', v: 2, args: taken });
  const again = await reveal(coordinator, { contactId: id, ticketId: ticket });
  expect(await again.json()).toMatchObject({
    note: '四楼，敲重一点',
    clashes: [{ standing: '四楼，敲重一点', mine: '五楼' }],
  });
});

test('who does not work in the grid is refused alike, whether the contact is there or not', async () => {
  const others = [
    await world.signedIn('west-desk', { coordinator: [WEST.id] }),
    await world.signedIn('second-grid', { volunteer: [EAST.grid2] }),
    await world.signedIn('claimer', { claimer: true }),
    world.admin,
  ];
  for (const browser of others) {
    const texts = [
      await (await reveal(browser)).text(),
      await (await reveal(browser, { contactId: idOf('nothing') })).text(),
      await (await reveal(browser, { gridId: 'no-such-grid' })).text(),
    ];
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain('forbidden');
  }
});

test('a contact opens through a ticket that names it, and through no other', async () => {
  for (const change of [{ ticketId: idOf('other') }, { ticketId: idOf('nothing') }, { contactId: idOf('nothing') }]) {
    const answer = await reveal(coordinator, change);
    expect([answer.status, await codeOfError(answer)]).toEqual([404, 'not_found']);
  }
});

test('a reason is needed, and a refused look leaves no trace', async () => {
  const before = await world.deps.db.selectFrom('reveal').selectAll().execute();
  expect((await reveal(coordinator, { reason: ' ' })).status).toBe(400);
  expect(await world.deps.db.selectFrom('reveal').selectAll().execute()).toEqual(before);
});

test('somebody who looks too often waits until midnight in Shanghai, and the look too many leaves no trace', async () => {
  const eager = await world.signedIn('eager', { volunteer: [EAST.grid] });
  for (let i = 0; i < REVEALS_A_DAY; i++) expect((await reveal(eager)).status).toBe(200);
  const answer = await reveal(eager);
  expect(answer.status).toBe(429);
  const { error } = (await answer.json()) as { error: { retryAfterMs: number } };
  const midnight = world.deps.now() + error.retryAfterMs;
  expect(new Date(midnight + 8 * 3600 * 1000).toISOString()).toMatch(/T00:00:00\.000Z$/);
  const mine = await world.deps.db.selectFrom('reveal').selectAll().where('member_name', '=', 'eager').execute();
  expect(mine).toHaveLength(REVEALS_A_DAY);
  world.deps.advance(error.retryAfterMs);
  expect((await reveal(eager)).status).toBe(200);
});

test('the trace is for coordinators of the grid', async () => {
  expect((await volunteer.ask('GET', `/api/reveals?ticket=${ticketId}`)).status).toBe(403);
  const west = await world.signedIn('west-desk-2', { coordinator: [WEST.id] });
  expect(await (await west.ask('GET', `/api/reveals?ticket=${ticketId}`)).json()).toEqual([]);
  expect((await coordinator.ask('GET', '/api/reveals')).status).toBe(400);
});
