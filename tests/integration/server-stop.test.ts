import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces, type SampleMember } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-stop-'));
afterAll(() => rm(folder, { recursive: true }));

async function startWithMember(name: string): Promise<{ server: TestServer; member: SampleMember }> {
  const server = await startTestServer({ rules: sampleRules, dataDir: join(folder, name) });
  await addPlaces(server.deps);
  return { server, member: await addMember(server.deps, 'm1', { volunteer: ['g1'] }) };
}

function phoneOf(url: () => string, { cookie }: SampleMember): SyncPhone {
  return new SyncPhone('m1', async (request) => {
    const response = await fetch(`${url()}/api/sync`, {
      method: 'POST',
      body: JSON.stringify(request),
      headers: { 'content-type': 'application/json', cookie },
    });
    return (await response.json()) as SyncResponse;
  });
}

test('I1: what was applied is there after the server was cut off and started again, and is not applied twice', async () => {
  const { server, member } = await startWithMember('restart');
  let { url } = server;
  const phone = phoneOf(() => url, member);
  const batch = [
    phone.mutation('grid:g1', 'sample.create', { id: 'v1', text: 'a' }),
    phone.mutation('grid:g1', 'sample.append', { id: 'v1', text: 'b' }),
  ];
  const first = await phone.push('grid:g1', ...batch);
  await server.kill();

  const second = await startTestServer({ rules: sampleRules, dataDir: join(folder, 'restart') });
  url = second.url;
  const again = await phone.push('grid:g1', ...batch);

  expect(again.pushed).toEqual(first.pushed);
  expect(again.epoch).toBe(first.epoch);
  expect((await readRecord(second.deps.db, 'grid:g1', 'visit', 'v1'))?.data.byName).toBe('ab');
  await second.close();
});

test('a stop lets the request under way finish, takes no new one, and ends the streams', async () => {
  const { server, member } = await startWithMember('graceful');
  const phone = phoneOf(() => server.url, member);
  const body = JSON.stringify(requestOf(phone));
  const poke = await fetch(`${server.url}/api/poke`, { headers: { cookie: member.cookie } });
  const socket = connect(server.port, '127.0.0.1');
  const answer = readAll(socket);
  socket.write(
    `POST /api/sync HTTP/1.1\r\nhost: x\r\ncookie: ${member.cookie}\r\nconnection: close\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, 20)}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  const closed = server.close();
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  socket.write(body.slice(20));

  expect(await answer).toMatch(/^HTTP\/1\.1 200 .*"status":"applied"/s);
  await poke.body?.cancel();
  await closed;
  const again = await startTestServer({ rules: sampleRules, dataDir: join(folder, 'graceful') });
  expect((await readRecord(again.deps.db, 'grid:g1', 'visit', 'v1'))?.data.byName).toBe('a');
  await again.close();
});

const requestOf = (phone: SyncPhone): SyncRequest => ({
  protocol: 2,
  member: 'm1',
  client: phone.client,
  epoch: null,
  build: 'test',
  pending: 1,
  sentAt: 0,
  lastContactAt: null,
  push: [{ space: 'grid:g1', mutations: [phone.mutation('grid:g1', 'sample.create', { id: 'v1', text: 'a' })] }],
  pull: [],
});

async function readAll(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}
