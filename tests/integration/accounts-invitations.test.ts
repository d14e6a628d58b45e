import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ROLES, type Roles } from '../../src/domain/actor/actor.ts';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { codeOfError, EAST, officeWorld, PASSWORD, WEST, type Browser } from '../support/account-world.ts';

let world: Awaited<ReturnType<typeof officeWorld>>;
let coordinator: Browser;
beforeAll(async () => {
  world = await officeWorld();
  coordinator = await world.signedIn('east-desk', { coordinator: [EAST.id] });
}, 60_000);
afterAll(() => world.deps.close());

const invite = (browser: Browser, displayName: string, roles: Partial<Roles>) =>
  browser.ask('POST', '/api/invitations', { displayName, roles: { ...NO_ROLES, ...roles } });
const accept = (token: string, signInName: string) =>
  world.browser().ask('POST', '/api/invitations/accept', { token, signInName, password: PASSWORD, device: 'x' });
const created = async (response: Response) =>
  (await response.json()) as { id: string; token: string; expiresAt: number };

test('who is invited reads what for, sets a name and a password, and is signed in with those roles', async () => {
  const { token } = await created(await invite(coordinator, '周岚', { volunteer: [EAST.grid] }));
  const browser = world.browser();
  expect(await (await browser.ask('POST', '/api/invitations/peek', { token })).json()).toEqual({
    displayName: '周岚',
    officeName: '望江街道',
    roles: { ...NO_ROLES, volunteer: [EAST.grid] },
  });
  const body = { token, signInName: '周岚', password: PASSWORD, device: '微信, Android' };
  const answer = await browser.ask('POST', '/api/invitations/accept', body);
  expect(answer.status).toBe(201);
  const member = (await answer.json()) as { id: string };
  expect(await (await browser.ask('GET', '/api/session')).json()).toEqual(member);
  const record = await readRecord(world.deps.db, `member:${member.id}`, 'member', member.id);
  expect(record?.data).toMatchObject({ name: '周岚', roles: { volunteer: [EAST.grid] } });
  expect((await world.browser().signIn('周岚')).status).toBe(200);
});

test('an invitation is taken up once, even by two at once', async () => {
  const { token } = await created(await invite(coordinator, '吴桐', { claimer: true }));
  const answers = await Promise.all([accept(token, 'wutong1'), accept(token, 'wutong2')]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  expect((await world.browser().ask('POST', '/api/invitations/peek', { token })).status).toBe(409);
});

test('a taken sign-in name is said, and the invitation stands', async () => {
  const { token } = await created(await invite(coordinator, '许念', { claimer: true }));
  const taken = await accept(token, 'EAST-desk');
  expect([taken.status, await codeOfError(taken)]).toEqual([409, 'conflict']);
  expect((await accept(token, 'xunian')).status).toBe(201);
});

test('an unknown, a run-out and a taken-back invitation are answered alike', async () => {
  const old = await created(await invite(coordinator, '韩放', { claimer: true }));
  world.deps.advance(14 * 24 * 3600 * 1000);
  const back = await created(await invite(coordinator, '韩放', { claimer: true }));
  expect((await coordinator.ask('DELETE', `/api/invitations/${back.id}`)).status).toBe(204);
  for (const token of ['unknown', old.token, back.token]) {
    const answer = await accept(token, 'hanfang');
    expect([answer.status, await codeOfError(answer)]).toEqual([404, 'not_found']);
  }
});

test.each<[string, Partial<Roles>]>([
  ['an admin', { admin: true }],
  ["a coordinator of somebody else's community", { coordinator: [WEST.id] }],
  ["a volunteer of somebody else's grid", { volunteer: [EAST.grid, WEST.grid] }],
  ['a volunteer of a grid that is not there', { volunteer: ['no-such-grid'] }],
])('a coordinator does not invite %s', async (_who, roles) => {
  const answer = await invite(coordinator, '钱程', roles);
  expect([answer.status, await codeOfError(answer)]).toEqual([403, 'forbidden']);
});

test('a volunteer and a claimer invite nobody', async () => {
  for (const roles of [{ volunteer: [EAST.grid] }, { claimer: true }]) {
    const browser = await world.signedIn(`plain-${Object.keys(roles)[0]}`, roles);
    expect((await invite(browser, '钱程', { claimer: true })).status).toBe(403);
    expect((await browser.ask('GET', '/api/members')).status).toBe(403);
  }
});

test('an admin invites an admin, but nobody to places that are not there or to nothing', async () => {
  expect((await invite(world.admin, '高远', { admin: true })).status).toBe(201);
  expect((await invite(world.admin, '高远', { volunteer: ['no-such-grid'] })).status).toBe(400);
  expect((await invite(world.admin, '高远', { coordinator: ['no-such-community'] })).status).toBe(400);
  expect((await invite(world.admin, '高远', {})).status).toBe(400);
});

test("one coordinator neither sees nor takes back another's invitation", async () => {
  const west = await world.signedIn('west-desk', { coordinator: [WEST.id] });
  const { id } = await created(await invite(west, '严冬', { volunteer: [WEST.grid] }));
  expect(JSON.stringify(await (await coordinator.ask('GET', '/api/members')).json())).not.toContain(id);
  expect((await coordinator.ask('DELETE', `/api/invitations/${id}`)).status).toBe(404);
  const seen = (await (await west.ask('GET', '/api/members')).json()) as { id: string; invited: boolean }[];
  expect(seen.find((entry) => entry.id === id)).toMatchObject({ name: '严冬', invited: true, active: false });
});

test('an invitation falls with the office of whoever gave it', async () => {
  const leaving = await world.signedIn('leaving-desk', { coordinator: [EAST.id] });
  const { token } = await created(await invite(leaving, '余声', { volunteer: [EAST.grid] }));
  const id = await leaving.memberId();
  await world.admin.ask('PATCH', `/api/members/${id}`, { active: false });
  expect((await accept(token, 'yusheng')).status).toBe(404);
});

test('the token of an invitation is stored nowhere', async () => {
  const { token } = await created(await invite(coordinator, '尹秋', { claimer: true }));
  const rows = await world.deps.db.selectFrom('invitation').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(token);
});
