import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ROLES, type Roles } from '../../src/domain/actor/actor.ts';
import { cardIdOf } from '../../src/domain/card/card-id.ts';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { codeOfError, EAST, officeWorld, WEST, type Browser } from '../support/account-world.ts';
import { claimDraft, contactDraft, idOf, placeInGrid, ticketDraft, ticketStep } from '../support/factories.ts';

let world: Awaited<ReturnType<typeof officeWorld>>;
let coordinator: Browser;
let coordinatorId: string;
beforeAll(async () => {
  world = await officeWorld();
  coordinator = await world.signedIn('east-desk', { coordinator: [EAST.id] });
  coordinatorId = await coordinator.memberId();
}, 60_000);
afterAll(() => world.deps.close());

const patch = (browser: Browser, id: string, change: object) => browser.ask('PATCH', `/api/members/${id}`, change);
const recordOf = async (id: string) => (await readRecord(world.deps.db, `member:${id}`, 'member', id))?.data;

test('a coordinator sees who works in the own community, and who works nowhere yet', async () => {
  await world.member('eastVolunteer', { volunteer: [EAST.grid] });
  await world.member('westVolunteer', { volunteer: [WEST.grid] });
  await world.member('someClaimer', { claimer: true });
  const list = (await (await coordinator.ask('GET', '/api/members')).json()) as { name: string }[];
  const names = list.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['east-desk', 'eastVolunteer', 'someClaimer']));
  expect(names).not.toContain('westVolunteer');
  expect(names).not.toContain('管理员');
});

test("new roles are in the member's own record at once, and on the next request", async () => {
  const volunteer = await world.signedIn('mover', { volunteer: [EAST.grid] });
  const id = await volunteer.memberId();
  const roles = { ...NO_ROLES, volunteer: [EAST.grid2], claimer: true, unit: ' 望海潮公司 ' };
  const answer = await patch(coordinator, id, { roles, name: '搬家的人' });
  expect(await answer.json()).toMatchObject({
    id,
    name: '搬家的人',
    roles: { ...roles, unit: '望海潮公司' },
    active: true,
  });
  expect(await recordOf(id)).toMatchObject({
    name: '搬家的人',
    roles: { volunteer: [EAST.grid2], unit: '望海潮公司' },
  });
  expect(await (await volunteer.ask('GET', '/api/session')).json()).toMatchObject({ roles: { claimer: true } });
});

test("roles in another's community can be neither given nor taken", async () => {
  const id = await world.member('both', { volunteer: [EAST.grid, WEST.grid] });
  const change = (volunteer: string[], more: Partial<Roles> = {}) =>
    patch(coordinator, id, { roles: { ...NO_ROLES, volunteer, ...more } });
  expect((await change([EAST.grid2, WEST.grid])).status).toBe(200);
  for (const refused of [
    change([EAST.grid2]),
    change([WEST.grid], { coordinator: [WEST.id] }),
    change([WEST.grid], { admin: true }),
    patch(coordinator, id, { active: false }),
    patch(coordinator, id, { name: '别人' }),
    coordinator.ask('POST', `/api/members/${id}/invitation`),
  ]) {
    const answer = await refused;
    expect([answer.status, await codeOfError(answer)]).toEqual([403, 'forbidden']);
  }
  expect(await recordOf(id)).toMatchObject({ name: 'both', roles: { volunteer: [EAST.grid2, WEST.grid] } });
});

test('a member of elsewhere is answered like one who is not there', async () => {
  const elsewhere = await world.member('elsewhere', { volunteer: [WEST.grid] });
  const texts: string[] = [];
  for (const id of [elsewhere, world.adminId, 'no-such-member']) {
    texts.push(await (await patch(coordinator, id, { name: '名字' })).text());
    texts.push(await (await coordinator.ask('POST', `/api/members/${id}/invitation`)).text());
  }
  expect(new Set(texts).size).toBe(1);
  expect(texts[0]).toContain('not_found');
});

test('closing an account ends its sessions, and opening it again lets it sign in anew', async () => {
  const volunteer = await world.signedIn('paused', { volunteer: [EAST.grid] });
  const id = await volunteer.memberId();
  expect(await (await patch(coordinator, id, { active: false })).json()).toMatchObject({ active: false });
  expect((await volunteer.ask('GET', '/api/session')).status).toBe(401);
  expect((await world.browser().signIn('paused')).status).toBe(401);
  await patch(coordinator, id, { active: true });
  expect((await volunteer.ask('GET', '/api/session')).status).toBe(401);
  expect((await world.browser().signIn('paused')).status).toBe(200);
});

test('nobody closes the door behind themselves', async () => {
  expect((await patch(coordinator, coordinatorId, { active: false })).status).toBe(403);
  expect((await patch(world.admin, world.adminId, { active: false })).status).toBe(403);
  expect((await patch(world.admin, world.adminId, { roles: NO_ROLES })).status).toBe(403);
  expect((await world.admin.ask('GET', '/api/session')).status).toBe(200);
});

test('somebody who forgot the password sets a new one by a link, and every earlier device is ended', async () => {
  const lost = await world.signedIn('forgetful', { volunteer: [EAST.grid] });
  const id = await lost.memberId();
  const link = async () =>
    (await (await coordinator.ask('POST', `/api/members/${id}/invitation`)).json()) as { token: string };
  const astray = await link();
  const { token } = await link();
  const accept = (used: string, signInName: string) =>
    world
      .browser()
      .ask('POST', '/api/invitations/accept', { token: used, signInName, password: 'quite another', device: '' });
  expect((await accept(astray.token, 'forgetful')).status).toBe(404);
  expect((await accept(token, 'east-desk')).status).toBe(409);
  const answer = await accept(token, 'forgetful');
  expect(await answer.json()).toMatchObject({ id, roles: { volunteer: [EAST.grid] } });
  expect((await accept(token, 'forgetful')).status).toBe(409);
  expect((await lost.ask('GET', '/api/session')).status).toBe(401);
  expect((await world.browser().signIn('forgetful')).status).toBe(401);
  expect((await world.browser().signIn('forgetful', 'quite another')).status).toBe(200);
  const list = (await (await coordinator.ask('GET', '/api/members')).json()) as { invited: boolean; name: string }[];
  expect(list.filter(({ name }) => name === 'forgetful')).toEqual([expect.objectContaining({ invited: false })]);
});

test('a link for a new password can be taken back, by whoever could give it', async () => {
  const id = await world.member('hesitant', { volunteer: [EAST.grid] });
  const answer = await coordinator.ask('POST', `/api/members/${id}/invitation`);
  const link = (await answer.json()) as { id: string; token: string };
  const west = await world.signedIn('west-desk', { coordinator: [WEST.id] });
  expect((await west.ask('DELETE', `/api/invitations/${link.id}`)).status).toBe(404);
  expect((await coordinator.ask('DELETE', `/api/invitations/${link.id}`)).status).toBe(204);
  expect((await world.browser().ask('POST', '/api/invitations/peek', { token: link.token })).status).toBe(404);
});

test('a stop between the account and its record heals at the next sign-in', async () => {
  const id = await world.member('halfway', { volunteer: [EAST.grid] });
  const roles = JSON.stringify({ ...NO_ROLES, volunteer: [EAST.grid2] });
  await world.deps.db.updateTable('member').set({ roles }).where('id', '=', id).execute();
  await world.browser().signIn('halfway');
  expect(await recordOf(id)).toMatchObject({ roles: { volunteer: [EAST.grid2] } });
});

test.each(['constructor', '__proto__', 'toString'])('a role in %s, which is no grid, is not given', async (grid) => {
  const id = await world.member(`no grid ${grid}`, {});
  const answer = await patch(world.admin, id, { roles: { ...NO_ROLES, volunteer: [grid] } });

  expect(answer.status).toBe(400);
});

test("whoever holds a claim of another community gets a new password from an admin: it opens that claim's contact", async () => {
  const claimer = await world.member('claims everywhere', { claimer: true });
  const desk = await world.member('desk of the west', { coordinator: [WEST.id], volunteer: [WEST.grid] });
  const link = (by: Browser) => by.ask('POST', `/api/members/${claimer}/invitation`);
  const given = (await (await link(coordinator)).json()) as { token: string };
  const wish = idOf('west', 'wish');
  const contactId = idOf('west', 'contact');
  await world.apply(desk, contactDraft(contactId, WEST.grid, { name: '苏婆婆', phone: '13800001234', note: '' }));
  const words = { id: wish, kind: 'wish', item: 'SB01', text: '想修补纱窗', contactId } as const;
  await world.apply(desk, ticketDraft(placeInGrid(WEST.id, WEST.grid), words));
  await world.apply(desk, ticketStep(WEST.grid, 'accept', { id: wish, tier: null }));
  await world.apply(desk, ticketStep(WEST.grid, 'publish', { id: wish, cardText: '想修补纱窗', public: true }));
  await world.apply(claimer, claimDraft(WEST.id, cardIdOf(wish)));

  expect((await link(coordinator)).status).toBe(403);
  const { token } = given;
  expect((await world.browser().ask('POST', '/api/invitations/peek', { token })).status).toBe(404);
  expect((await link(world.admin)).status).toBe(201);
});
