import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, expect, test } from 'vitest';
import { compressFiles } from '../../../scripts/compress-files.ts';
import { createDiskState } from '../db/disk-state.ts';
import { handleError } from '../http/handle-error.ts';
import { createLogger } from '../logger.ts';
import { loadStaticFiles } from './static-files.ts';
import { staticRoutes } from './static-routes.ts';

const dir = await mkdtemp(join(tmpdir(), 'doorstep-static-'));
afterAll(() => rm(dir, { recursive: true }));

const SCRIPT = 'console.log("家门口");\n'.repeat(100);
await mkdir(join(dir, 'assets'));
await mkdir(join(dir, '.vite'));
await writeFile(join(dir, 'index.html'), '<!doctype html><title>家门口</title>');
await writeFile(join(dir, 'sw.js'), SCRIPT);
await writeFile(join(dir, 'assets/main-Ab12.js'), SCRIPT);
await writeFile(join(dir, 'icon.png'), new Uint8Array(2000));
await writeFile(join(dir, '.vite/manifest.json'), '{}');

await compressFiles(dir);

const app = new Hono();
const disk = createDiskState(() => Promise.resolve(), Date.now);
app.onError(handleError({ logger: createLogger('silent'), disk }));
app.route('/', staticRoutes(await loadStaticFiles(dir)));

test('a file whose name holds its hash may be kept for ever, others are asked for again', async () => {
  const hashed = await app.request('/assets/main-Ab12.js');
  const worker = await app.request('/sw.js');

  expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(hashed.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(worker.headers.get('cache-control')).toBe('no-cache');
});

test.each([
  ['br, gzip', 'br', (bytes: Buffer) => brotliDecompressSync(bytes).toString()],
  ['gzip, deflate', 'gzip', (bytes: Buffer) => gunzipSync(bytes).toString()],
  ['br;q=0, gzip;q=0.5', 'gzip', (bytes: Buffer) => gunzipSync(bytes).toString()],
  ['', null, (bytes: Buffer) => bytes.toString()],
])('what accepts "%s" gets it as %s', async (accepted, encoding, decode) => {
  const response = await app.request('/sw.js', { headers: { 'accept-encoding': accepted } });

  expect(response.headers.get('content-encoding')).toBe(encoding);
  expect(response.headers.get('vary')).toBe('accept-encoding');
  expect(decode(Buffer.from(await response.arrayBuffer()))).toBe(SCRIPT);
});

test('a picture is not compressed again', async () => {
  const response = await app.request('/icon.png', { headers: { 'accept-encoding': 'br' } });

  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('content-type')).toBe('image/png');
});

test('the compressed twin of a file is no address of its own', async () => {
  expect((await app.request('/sw.js.br')).status).toBe(404);
  expect((await app.request('/sw.js.gz')).status).toBe(404);
});

test('who has the newest already is told so', async () => {
  const etag = (await app.request('/sw.js')).headers.get('etag') ?? '';
  const response = await app.request('/sw.js', { headers: { 'if-none-match': `W/${etag}` } });

  expect(response.status).toBe(304);
  expect(await response.text()).toBe('');
});

test.each(['/', '/door', '/door/b1/r1', '/wall/c1/card', '/desk/tickets/g1/t1', '/me', '/setup', '/join'])(
  '%s is a page of the application',
  async (path) => {
    const response = await app.request(path);

    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('家门口');
  },
);

test.each(['/nothing', '/doors', '/assets/gone-1234.js', '/index.php', '/.vite/manifest.json', '/..%2fpackage.json'])(
  '%s is not found, and is not answered by the application',
  async (path) => {
    const response = await app.request(path);

    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('doctype');
  },
);

test('a person who opens such an address reads a sentence', async () => {
  const response = await app.request('/nothing', { headers: { accept: 'text/html,*/*' } });

  expect(response.status).toBe(404);
  expect(await response.text()).toContain('没有找到');
});

test('without a build nothing is served, and nothing fails', async () => {
  expect(await loadStaticFiles(join(dir, 'none'))).toEqual(new Map());
});
