import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SyncResponse } from '../../src/protocol/sync-messages.ts';
import { beginSession } from '../../src/server/auth/session.ts';
import { SignInLimiter } from '../../src/server/auth/sign-in-limiter.ts';
import { checkCredentials } from '../../src/server/auth/sign-in.ts';
import { handleError } from '../../src/server/http/handle-error.ts';
import { codeOfError, officeWorld, PASSWORD, type Browser } from '../support/account-world.ts';

const NEW = 'three rings at the door';
let world: Awaited<ReturnType<typeof officeWorld>>;
beforeAll(async () => {
  world = await officeWorld();
}, 60_000);
afterAll(() => world.deps.close());

const change = (browser: Browser, oldPassword: string, newPassword = NEW): Promise<Response> =>
  browser.ask('POST', '/api/session/password', { oldPassword, newPassword });

test('the old password opens nothing after the change, the new one does, and this device stays', async () => {
  const here = await world.signedIn('changing', {});
  expect((await change(here, PASSWORD)).status).toBe(204);
  expect((await here.ask('GET', '/api/session')).status).toBe(200);
  expect((await world.browser().signIn('changing')).status).toBe(401);
  expect((await world.browser().signIn('changing', NEW)).status).toBe(200);
});

test('every other device ends, and may still hand in what it has; other people keep theirs', async () => {
  const here = await world.signedIn('owner', {});
  const lost = world.browser();
  await lost.signIn('owner');
  const other = await world.signedIn('colleague', {});
  const member = await here.memberId();
  expect((await change(here, PASSWORD)).status).toBe(204);
  expect((await lost.ask('GET', '/api/session')).status).toBe(401);
  const now = world.deps.now();
  const contact = { protocol: 2, client: 'lost', epoch: null, build: 'test', pending: 0, sentAt: now };
  const body = { ...contact, member, lastContactAt: null, push: [], pull: [] };
  const answer = (await (await lost.ask('POST', '/api/sync', body)).json()) as SyncResponse;
  expect(answer).toMatchObject({ revoked: true, allowed: [] });
  expect((await other.ask('GET', '/api/session')).status).toBe(200);
  expect(await (await here.ask('GET', '/api/sessions')).json()).toMatchObject([{ current: true }]);
});

test('a wrong old password changes nothing and ends no session', async () => {
  const here = await world.signedIn('mistyping', {});
  const there = world.browser();
  await there.signIn('mistyping');
  const answer = await change(here, 'not my password');
  expect([answer.status, await codeOfError(answer)]).toEqual([401, 'wrong_credentials']);
  expect((await there.ask('GET', '/api/session')).status).toBe(200);
  expect((await world.browser().signIn('mistyping')).status).toBe(200);
});

test('whoever guesses on a borrowed phone waits as at signing in, and the two ways are counted together', async () => {
  const here = await world.signedIn('guessing', {});
  for (let i = 0; i < 3; i++) expect((await change(here, `wrong ${i}`)).status).toBe(401);
  for (let i = 0; i < 2; i++) expect((await world.browser().signIn('guessing', `wrong ${i}`)).status).toBe(401);
  expect((await change(here, PASSWORD)).status).toBe(429);
  expect((await world.browser().signIn('guessing')).status).toBe(429);
  world.deps.advance(2_000);
  expect((await change(here, PASSWORD)).status).toBe(204);
});

test('a short new password is refused as at joining, and an ended session changes nothing', async () => {
  const here = await world.signedIn('ended', {});
  expect((await change(here, PASSWORD, '1234567')).status).toBe(400);
  const desk = world.browser();
  await desk.signIn('ended');
  expect((await change(desk, PASSWORD)).status).toBe(204);
  expect((await change(here, NEW, PASSWORD)).status).toBe(401);
  expect((await world.browser().signIn('ended', NEW)).status).toBe(200);
});

test('of two changes at once one holds', async () => {
  const one = await world.signedIn('twice', {});
  const two = world.browser();
  await two.signIn('twice');
  const answers = await Promise.all([change(one, PASSWORD, 'password one'), change(two, PASSWORD, 'password two')]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 401]);
});

test('who was signing in by the old password while it was changed is not signed in', async () => {
  const here = await world.signedIn('racing', {});
  const credentials = { signInName: 'racing', password: PASSWORD, address: '' };
  const right = await checkCredentials(world.deps, new SignInLimiter(world.deps.now), credentials);
  expect((await change(here, PASSWORD)).status).toBe(204);
  const app = new Hono().post('/', async (c) => {
    await beginSession(world.deps, c, right.memberId, 'Chrome, Android', right.passwordHash);
    return c.body(null, 204);
  });
  app.onError(handleError(world.deps));

  expect((await app.request('/', { method: 'POST' })).status).toBe(401);
  expect(await (await here.ask('GET', '/api/sessions')).json()).toMatchObject([{ current: true }]);
});
