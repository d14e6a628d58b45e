import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bytesOf, hashOf, type Bytes } from '../support/photo-bytes.ts';
import { photoPhone } from '../support/photo-phone.ts';
import { startServerProgram, type Program } from '../support/program.ts';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-photo-kill-'));
const running = new Set<Program>();
afterAll(async () => {
  for (const server of running) await server.kill();
  await rm(folder, { recursive: true });
});

/** The program itself on the folder, until it is killed. */
async function start(): Promise<Running> {
  const server = await startServerProgram({ DATA_DIR: folder });
  running.add(server);
  return server;
}

type Running = Awaited<ReturnType<typeof startServerProgram>>;

async function setUp(server: Running): Promise<string> {
  const [, token] = await server.until(/\/setup#(\S{43})/);
  const response = await fetch(`${server.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token,
      officeName: '望江街道',
      officePhone: '',
      displayName: '林秋',
      signInName: 'linqiu',
      password: 'a long password',
      device: 'Chrome',
    }),
  });
  expect(response.status).toBe(201);
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** Sends some bytes of a request that says it has more, and does not end it. */
function hang({ url }: Running, cookie: string, whole: Bytes, from: number, to: number): void {
  const headers = {
    cookie,
    'content-type': whole.type,
    'content-length': whole.bytes.length - from,
    'upload-offset': from,
    'upload-length': whole.bytes.length,
  };
  const sending = request(`${url}/api/photos/${whole.sha}`, { method: 'PATCH', headers });
  // The server dies under it.
  sending.on('error', () => undefined);
  sending.write(whole.bytes.subarray(from, to));
}

test('PH2: an upload goes on where it was when the server was killed, again and again, and ends as the bytes that were sent', async () => {
  const photo = bytesOf('killed', 1_500_000);
  let server = await start();
  const cookie = await setUp(server);
  const phone = () => photoPhone((path, init) => fetch(`${server.url}${path}`, init), cookie);
  let sent = 0;
  for (const cut of [1, 65_536, 65_537, 700_001]) {
    hang(server, cookie, photo, sent, cut);
    await expect.poll(async () => (await phone().head(photo)).offset, { timeout: 10_000 }).toBe(cut);
    await server.kill();
    server = await start();
    expect(await phone().head(photo)).toEqual({ status: 200, offset: cut, complete: false });
    sent = cut;
  }
  // A repeat of what is here, as after a lost answer: told where to go on, over the same connection.
  expect(await phone().patch(photo, 65_536)).toMatchObject({ status: 409, offset: 700_001 });
  expect(await phone().patch(photo, 700_001)).toEqual({ status: 204, offset: 1_500_000, complete: true });
  await server.kill();

  const kept = await readFile(join(folder, 'photos', photo.sha.slice(0, 2), photo.sha.slice(2, 4), photo.sha));
  expect(hashOf(kept)).toBe(photo.sha);
  expect(await readdir(join(folder, 'uploads'))).toEqual([]);
  server = await start();
  expect(await phone().head(photo)).toEqual({ status: 200, offset: 1_500_000, complete: true });
  await server.kill();
}, 120_000);
