import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAX_REQUEST_BYTES, syncResponseSchema, type SyncRequest } from '../../src/protocol/sync-messages.ts';
import * as v from 'valibot';
import { createRateLimiter } from '../../src/server/http/rate-limiter.ts';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces, type SampleMember } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
let member: SampleMember;

beforeEach(async () => {
  server = await startTestServer({ rules: sampleRules });
  await addPlaces(server.deps);
  member = await addMember(server.deps, 'm1', { volunteer: ['g1'] });
});
afterEach(() => server.close());

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/sync`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', cookie: member.cookie, ...headers },
  });

async function send(request: SyncRequest) {
  const answer: unknown = await (await post(JSON.stringify(request))).json();
  const known = v.parse(syncResponseSchema, answer);
  // A phone leaves out what it does not know; nothing of that kind may be told.
  expect(answer).toEqual(known);
  return known;
}

test('an answer has the shape that the protocol says', async () => {
  const phone = new SyncPhone('m1', send, { clock: server.deps.now() });
  const visit = phone.mutation('grid:g1', 'sample.create', { id: 'v1', text: '到访' });
  const answer = await phone.send({
    push: [{ space: 'grid:g1', mutations: [visit] }],
    pull: [{ space: 'grid:g1', cursor: null, upTo: null, receiptsAfter: 0, rows: true }],
  });

  expect(answer.member).toMatchObject({ id: 'm1', name: '成员m1', roles: { volunteer: ['g1'] } });
  expect(answer.allowed).toContainEqual({ id: 'grid:g1', community: 'c1', ver: 1 });
  expect(answer.pages[0]?.rows).toMatchObject([{ k: 'visit', id: 'v1', ver: 1 }]);
  expect(answer.pages[0]).toMatchObject({ lastSeq: 1, done: true });
});

test('what a later phone says beside its mutations is left out, and the rest is taken', async () => {
  const phone = new SyncPhone('m1', (request) => send({ ...request, mood: 'good' } as SyncRequest));
  const visit = phone.mutation('grid:g1', 'sample.create', { id: 'v1', text: '到访' });
  const { pushed } = await phone.push('grid:g1', visit);
  expect(pushed[0]?.receipts).toMatchObject([{ status: 'applied' }]);
});

test('I3: a mutation whose answer was lost is sent again and applied once', async () => {
  let answers = 0;
  const phone = new SyncPhone('m1', async (request) => {
    const answer = await send(request);
    if (++answers === 2) throw new Error('the connection broke');
    return answer;
  });
  await phone.push('grid:g1', phone.mutation('grid:g1', 'sample.create', { id: 'v1', text: 'a' }));
  const append = phone.mutation('grid:g1', 'sample.append', { id: 'v1', text: 'b' });
  await expect(phone.push('grid:g1', append)).rejects.toThrow('broke');
  const { pushed } = await phone.push('grid:g1', append);

  expect(pushed[0]?.receipts).toMatchObject([{ seq: 2, status: 'applied' }]);
  expect((await readRecord(server.deps.db, 'grid:g1', 'visit', 'v1'))?.data.byName).toBe('ab');
});

test('without a session it is 401 and nothing happens', async () => {
  const response = await post('{}', { cookie: '' });

  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({ error: { code: 'unauthenticated', message: 'unauthenticated' } });
});

test.each([
  ['no JSON', '{"protocol":', 'application/json', 400, 'bad_request'],
  ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'application/json', 400, 'bad_request'],
  ['a stranger’s shape', '{"protocol":1}', 'application/json', 400, 'bad_request'],
  ['a form', 'protocol=1', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
  ['a flood', `"${'x'.repeat(MAX_REQUEST_BYTES)}"`, 'application/json', 413, 'too_large'],
])('%s is refused with a code and without an echo', async (_what, body, type, status, code) => {
  const response = await post(body, { 'content-type': type });
  const text = await response.text();

  expect(response.status).toBe(status);
  expect(JSON.parse(text)).toMatchObject({ error: { code } });
  expect(text).not.toMatch(/ at |xxxx|node_modules/);
});

test('a flood without a length is cut off where the limit is', async () => {
  const chunk = new Uint8Array(64 * 1024).fill(0x20);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += chunk.length;
      if (sent > 8 * MAX_REQUEST_BYTES) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const response = await fetch(`${server.url}/api/sync`, {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { 'content-type': 'application/json', cookie: member.cookie },
  } as RequestInit);

  expect(response.status).toBe(413);
});

test('another site’s page cannot use the cookie', async () => {
  const response = await post('{}', { 'sec-fetch-site': 'cross-site' });

  expect(response.status).toBe(403);
});

test('an address under /api that is not there, and a method that is not there, say so', async () => {
  expect((await fetch(`${server.url}/api/nothing`)).status).toBe(404);
  const wrong = await fetch(`${server.url}/api/sync`);

  expect(wrong.status).toBe(405);
  expect(wrong.headers.get('allow')).toBe('POST');
  expect(await wrong.json()).toMatchObject({ error: { code: 'method_not_allowed' } });
});

test('who asks for its health without end has to wait', async () => {
  server.deps.limiter = createRateLimiter(server.deps.now);
  const ask = async () => (await fetch(`${server.url}/healthz`)).status;
  const answers: number[] = [];
  for (let n = 0; n < 62; n++) answers.push(await ask());

  expect(answers.filter((status) => status === 200)).toHaveLength(60);
  expect(answers.slice(-2)).toEqual([429, 429]);
  server.deps.advance(1000);
  expect(await ask()).toBe(200);
});

test('every answer carries the policy, and none under /api may be kept', async () => {
  for (const path of ['/api/nothing', '/healthz', '/nowhere.txt']) {
    const { headers } = await fetch(server.url + path);

    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  }
});
