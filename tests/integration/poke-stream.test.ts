import { afterEach, beforeEach, expect, test } from 'vitest';
import { handleSync } from '../../src/server/sync/handle-sync.ts';
import { hearPokes } from '../support/hear-pokes.ts';
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

const listen = (cookie: string) => hearPokes(server.url, cookie);

function phoneOf({ session }: SampleMember): SyncPhone {
  return new SyncPhone(session.memberId, (request) => handleSync(server.deps, session, request));
}

test('says that a space has moved, and nothing of what is in it', async () => {
  const stream = await listen(member.cookie);
  const phone = phoneOf(member);
  await phone.push('grid:g1', phone.mutation('grid:g1', 'sample.create', { id: 'v1', text: '王芳' }));

  expect(stream.response.headers.get('content-type')).toBe('text/event-stream');
  expect(await stream.next()).toBe('data: {"space":"grid:g1","ver":1}\n\n');
  await stream.close();
});

test('I9: says nothing of a space that the member may not hold', async () => {
  const stream = await listen(member.cookie);
  const other = phoneOf(await addMember(server.deps, 'm2', { volunteer: ['g2'] }));
  await other.push('grid:g2', other.mutation('grid:g2', 'sample.create', { id: 'v1', text: '' }));
  const phone = phoneOf(member);
  await phone.push('grid:g1', phone.mutation('grid:g1', 'sample.create', { id: 'v1', text: '' }));

  expect(await stream.next()).toBe('data: {"space":"grid:g1","ver":1}\n\n');
  await stream.close();
});

test('I10: ends when the session is revoked and the member’s own space moves', async () => {
  const stream = await listen(member.cookie);
  await server.deps.db.updateTable('session').set({ revoked_at: server.deps.now() }).execute();
  server.deps.pokes.publish('member:m1', 1);

  expect(await stream.next()).toBe('data: {"space":"member:m1","ver":1}\n\n');
  expect(await stream.next()).toBeUndefined();
});

test('needs a session, and gives one browser only so many streams', async () => {
  const without = await fetch(`${server.url}/api/poke`);
  const streams = [];
  for (let n = 0; n < 4; n++) streams.push(await listen(member.cookie));
  const oneMore = await fetch(`${server.url}/api/poke`, { headers: { cookie: member.cookie } });

  expect(without.status).toBe(401);
  expect(oneMore.status).toBe(429);
  await Promise.all(streams.map((stream) => stream.close()));
  await expect.poll(async () => (await fetchPoke()).status).toBe(200);

  async function fetchPoke() {
    const response = await fetch(`${server.url}/api/poke`, { headers: { cookie: member.cookie } });
    await response.body?.cancel();
    return response;
  }
});
