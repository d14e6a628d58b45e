import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { startProgram, type Program } from '../support/program.ts';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-start-'));
const running = new Set<Program>();
afterEach(async () => {
  for (const program of running) await program.kill();
  running.clear();
});
afterAll(() => rm(folder, { recursive: true }));

/** The program as `npm start` runs it. */
function start(env: Record<string, string>): Program {
  const program = startProgram('src/server/main.ts', [], { env });
  running.add(program);
  return program;
}

test('an empty folder gets a database and a one-time link, a new one at each start, and a stop ends it cleanly', async () => {
  const env = { PORT: '0', DATA_DIR: join(folder, 'new'), PUBLIC_URL: 'https://doorstep.example.cn' };
  const first = start(env);
  const [link] = await first.until(/https:\/\/doorstep\.example\.cn\/setup#\S{43}/);
  const [, port] = await first.until(/"port":(\d+)/);
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  void first.kill('SIGTERM');

  expect(health.status).toBe(200);
  expect(health.headers.get('strict-transport-security')).toContain('max-age');
  expect(await first.ended).toBe(0);
  expect(await readdir(env.DATA_DIR)).toEqual(['doorstep.mark', 'doorstep.sqlite']);

  const second = start(env);
  const [other] = await second.until(/https:\/\/doorstep\.example\.cn\/setup#\S{43}/);
  void second.kill('SIGINT');
  expect(other).not.toBe(link);
  expect(await second.ended).toBe(0);
});

test('the log holds a line a request with the pattern of its route, and no address', async () => {
  const server = start({ PORT: '0', DATA_DIR: join(folder, 'log') });
  const [, port] = await server.until(/"port":(\d+)/);
  await fetch(`http://127.0.0.1:${port}/r/ABCDEFGHJK?name=王芳`);
  await fetch(`http://127.0.0.1:${port}/api/held/secret-id/accept`, { method: 'POST' });
  await server.until(/"route":"\/r\/:code".*"status":404/);
  await server.until(/"route":"\/api\/held\/:id\/accept".*"status":401/);
  await server.kill('SIGTERM');

  expect(server.output()).not.toMatch(/ABCDEFGHJK|secret-id|王芳|%E7/);
});

test('a wrong value stops the start with a sentence', async () => {
  const wrong = start({ PORT: 'many' });

  expect(await wrong.ended).toBe(1);
  expect(wrong.output().trim()).toBe('PORT is "many", but it must be a whole number from 0 to 65535.');
});

test('a taken port and a folder that is a file stop the start with a sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const taken = start({ PORT: String(port), DATA_DIR: join(folder, 'taken') });
  await writeFile(join(folder, 'file'), '');
  const noFolder = start({ PORT: '0', DATA_DIR: join(folder, 'file') });

  expect(await taken.ended).toBe(1);
  expect(taken.output()).toMatch(/^Port \d+ is taken by another program/);
  expect(await noFolder.ended).toBe(1);
  expect(noFolder.output()).toMatch(/^The data folder .* may not be used/);
  other.close();
});
