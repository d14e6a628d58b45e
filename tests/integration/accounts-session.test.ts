import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectSessions } from '../../src/server/auth/collect-sessions.ts';
import { codeOfError, officeWorld, PASSWORD, type Browser } from '../support/account-world.ts';

let world: Awaited<ReturnType<typeof officeWorld>>;
beforeAll(async () => {
  world = await officeWorld();
}, 60_000);
afterAll(() => world.deps.close());

const sync = (browser: Browser, member: string) =>
  browser.ask('POST', '/api/sync', {
    protocol: 2,
    member,
    client: `client-${member}`,
    epoch: null,
    build: 'test',
    pending: 0,
    sentAt: world.deps.now(),
    lastContactAt: null,
    push: [],
    pull: [],
  });

test('a name is recognised whatever its case, and the cookie is out of reach of scripts and other sites', async () => {
  await world.member('ChenMei', { claimer: true });
  const browser = world.browser();
  const answer = await browser.signIn('ＣＨＥＮｍｅｉ');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ name: 'ChenMei', roles: { claimer: true } });
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^doorstep_session=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
  const stored = await world.deps.db.selectFrom('session').select('token_hash').execute();
  expect(JSON.stringify(stored)).not.toContain(/=([\w-]{43})/.exec(cookie)?.[1]);
});

test('over https the cookie travels over https only', async () => {
  const https = await officeWorld({ config: { https: true } });
  const answer = await https.browser().signIn('admin');
  expect(answer.headers.get('set-cookie')).toContain('; Secure');
  await https.deps.close();
});

test('an unknown name, a wrong password and a closed account are answered alike', async () => {
  const id = await world.member('closed', {});
  await world.deps.db.updateTable('member').set({ active: 0 }).where('id', '=', id).execute();
  const answers = await Promise.all([
    world.browser().signIn('nobody-here'),
    world.browser().signIn('admin', 'wrong password'),
    world.browser().signIn('closed'),
  ]);
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  expect(new Set(texts).size).toBe(1);
  expect(texts[0]).toContain('wrong_credentials');
});

test('the sixth try in a row has to wait, and the wait is said', async () => {
  await world.member('guessed', {});
  const answers: Response[] = [];
  for (let i = 0; i < 6; i++) answers.push(await world.browser().signIn('guessed', `wrong ${i}`));
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
  const right = await world.browser().signIn('guessed');
  expect(await right.json()).toEqual({
    error: { code: 'rate_limited', message: 'rate_limited', retryAfterMs: expect.any(Number) as number },
  });
  expect(right.headers.get('retry-after')).toBe('2');
  world.deps.advance(2_000);
  expect((await world.browser().signIn('guessed')).status).toBe(200);
});

test('signing out ends the session for good: it neither reads nor hands in', async () => {
  const browser = await world.signedIn('leaving', {});
  const { cookie } = browser;
  const left = await browser.ask('DELETE', '/api/session');
  expect([left.status, left.headers.get('clear-site-data')]).toEqual([204, '"cache"']);
  browser.cookie = cookie;
  expect((await browser.ask('GET', '/api/session')).status).toBe(401);
  expect((await sync(browser, 'any')).status).toBe(401);
});

test('a device ended from another one reads nothing more, but may still hand in what it has', async () => {
  const phone = await world.signedIn('twoDevices', {});
  const desk = world.browser();
  await desk.signIn('twoDevices');
  const member = await desk.memberId();
  const poked = async () => {
    const answer = await phone.ask('GET', '/api/poke');
    await answer.body?.cancel();
    return [answer.status, answer.headers.get('clear-site-data')];
  };
  expect(await poked()).toEqual([200, null]);
  const list = (await (await desk.ask('GET', '/api/sessions')).json()) as { id: string; current: boolean }[];
  expect(list).toHaveLength(2);
  const other = list.find(({ current }) => !current);
  expect((await desk.ask('DELETE', `/api/sessions/${other?.id}`)).status).toBe(204);
  expect((await desk.ask('DELETE', `/api/sessions/${other?.id}`)).status).toBe(404);
  for (const path of ['/api/session', '/api/sessions', '/api/members', '/api/held', '/api/poke']) {
    expect([path, (await phone.ask('GET', path)).status]).toEqual([path, 401]);
  }
  // Its browser lets go of the photos that it was shown; what hands in is not held back by that.
  expect(await poked()).toEqual([401, '"cache"']);
  const handedIn = await sync(phone, member);
  expect(handedIn.headers.has('clear-site-data')).toBe(false);
  expect(await handedIn.json()).toMatchObject({ revoked: true, allowed: [] });
});

test('[PL5] a browser that has lost a space lets go of the photos that it was shown', async () => {
  const browser = await world.signedIn('losing', {});
  const forget = async () => {
    const answer = await browser.ask('DELETE', '/api/seen-photos');
    return [answer.status, answer.headers.get('clear-site-data')];
  };
  expect(await forget()).toEqual([204, '"cache"']);
  browser.cookie = '';
  expect(await forget()).toEqual([401, null]);
});

test('nobody ends a session of somebody else', async () => {
  const victim = await world.signedIn('victim', {});
  const list = (await (await victim.ask('GET', '/api/sessions')).json()) as { id: string }[];
  const attacker = await world.signedIn('attacker', {});
  expect((await attacker.ask('DELETE', `/api/sessions/${list[0]?.id}`)).status).toBe(404);
  expect((await victim.ask('GET', '/api/session')).status).toBe(200);
});

test('a session is renewed by use and runs out after 400 days without', async () => {
  const browser = await world.signedIn('patient', {});
  const day = 24 * 3600 * 1000;
  world.deps.advance(399 * day);
  const answer = await browser.ask('GET', '/api/session');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('set-cookie')).toContain('doorstep_session=');
  world.deps.advance(401 * day);
  expect((await browser.ask('GET', '/api/session')).status).toBe(401);
});

test('RV1: a session that has run out is thrown away, one that was ended once its device could not come with it any more', async () => {
  const day = 24 * 3600 * 1000;
  await collectSessions(world.deps);
  const kept = async (browser: Browser, member: string) =>
    [(await sync(browser, member)).status, (await sessionsOf(member)).length] as const;
  const [ended, used, left] = [
    await world.signedIn('ended', {}),
    await world.signedIn('used', {}),
    await world.signedIn('left', {}),
  ];
  const [endedId, usedId, leftId] = [await ended.memberId(), await used.memberId(), await left.memberId()];
  await world.deps.db
    .updateTable('session')
    .set({ revoked_at: world.deps.now() })
    .where('member_id', '=', endedId)
    .execute();

  world.deps.advance(400 * day);
  expect(await collectSessions(world.deps)).toBe(0);
  expect(await kept(ended, endedId)).toEqual([200, 1]);
  expect(await kept(used, usedId)).toEqual([200, 1]);

  world.deps.advance(day);
  expect(await collectSessions(world.deps)).toBe(2);
  expect(await kept(ended, endedId)).toEqual([401, 0]);
  expect(await kept(left, leftId)).toEqual([401, 0]);
  expect(await kept(used, usedId)).toEqual([200, 1]);
});

const sessionsOf = (member: string) =>
  world.deps.db.selectFrom('session').select('id').where('member_id', '=', member).execute();

test('the last use of a session is written once a minute at most', async () => {
  const browser = await world.signedIn('frequent', {});
  const seen = () =>
    world.deps.db
      .selectFrom('session')
      .innerJoin('member', 'member.id', 'session.member_id')
      .select('session.last_seen_at')
      .where('member.name', '=', 'frequent')
      .executeTakeFirstOrThrow();
  const before = await seen();
  world.deps.advance(59_000);
  await browser.ask('GET', '/api/session');
  expect(await seen()).toEqual(before);
  world.deps.advance(1_000);
  await browser.ask('GET', '/api/session');
  expect((await seen()).last_seen_at).toBe(before.last_seen_at + 60_000);
});

test("another site's page changes nothing with our cookie", async () => {
  const browser = await world.signedIn('targeted', {});
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of foreign) {
    const answer = await browser.ask('DELETE', '/api/session', undefined, headers);
    expect([answer.status, await codeOfError(answer)]).toEqual([403, 'forbidden']);
  }
  expect((await browser.ask('GET', '/api/session')).status).toBe(200);
});

test('signing in again in one browser leaves one session of it', async () => {
  const browser = await world.signedIn('again', {});
  await browser.signIn('again', PASSWORD);
  expect(await (await browser.ask('GET', '/api/sessions')).json()).toHaveLength(1);
});
