import { expect, test, vi } from 'vitest';
import type { SyncRequest, SyncResponse } from '../../protocol/sync-messages.ts';
import { createFetchSyncTransport } from './fetch-sync-transport.ts';
import { readRetryAfter } from './request-json.ts';

const request: SyncRequest = {
  protocol: 2,
  member: 'm',
  client: 'c',
  epoch: null,
  build: 'test',
  pending: 0,
  sentAt: 1,
  lastContactAt: null,
  push: [],
  pull: [],
};

const roles = { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false };
const answer: SyncResponse = {
  epoch: 'e',
  serverTime: 1,
  member: { id: 'm', name: '李伟', roles },
  revoked: false,
  allowed: [],
  pushed: [],
  pages: [],
  resets: [],
};

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });

const sync = (response: Response | Error) =>
  createFetchSyncTransport('', () =>
    response instanceof Error ? Promise.reject(response) : Promise.resolve(response),
  ).sync(request, 1_000);

const faultOf = async (response: Response | Error): Promise<unknown> => {
  const error: unknown = await sync(response).catch((thrown: unknown) => thrown);
  return (error as { fault?: unknown }).fault;
};

const error = (code: string, retryAfterMs?: number) => ({ error: { code, message: code, retryAfterMs } });

test('an answer of ours comes back as it was sent', async () => {
  expect(await sync(json(200, answer))).toEqual(answer);
});

test('who makes pages gets ready where many may come: at the first contact, and while a space is not here whole', async () => {
  const getReady = vi.fn();
  const make = Object.assign(() => Promise.reject(new Error('none of many')), { getReady });
  const transport = createFetchSyncTransport('', () => Promise.resolve(json(200, answer)), make);
  const space = { space: 's', cursor: { ver: 1, id: '' }, upTo: null, receiptsAfter: 0, rows: true };
  const asked = async (epoch: string | null, pull: SyncRequest['pull']): Promise<boolean> => {
    getReady.mockClear();
    await transport.sync({ ...request, epoch, pull }, 1_000);
    return getReady.mock.calls.length > 0;
  };
  expect(await asked(null, [])).toBe(true);
  expect(await asked('e', [space, { ...space, cursor: null }])).toBe(true);
  expect(await asked('e', [{ ...space, upTo: 7 }])).toBe(true);
  expect(await asked('e', [space, { ...space, cursor: null, rows: false }])).toBe(false);
});

test('a captive portal, a proxy and half an answer are not ours, whatever their status says', async () => {
  const html = new Response('<html>请登录无线网络</html>', { status: 200, headers: { 'content-type': 'text/html' } });
  expect(await faultOf(html)).toBe('not_doorstep');
  expect(await faultOf(json(200, { ok: true }))).toBe('not_doorstep');
  expect(await faultOf(json(200, { ...answer, epoch: 7 }))).toBe('not_doorstep');
  const half = JSON.stringify(answer).slice(0, 40);
  expect(await faultOf(new Response(half, { headers: { 'content-type': 'application/json' } }))).toBe('not_doorstep');
  expect(await faultOf(new Response('Not here', { status: 403 }))).toBe('not_doorstep');
});

test('each status has its fault, from us and from a proxy in between', async () => {
  expect(await faultOf(json(401, error('unauthenticated')))).toBe('unauthenticated');
  expect(await faultOf(json(413, error('too_large')))).toBe('too_large');
  expect(await faultOf(json(429, error('rate_limited')))).toBe('rate_limited');
  expect(await faultOf(json(400, error('bad_request')))).toBe('refused');
  expect(await faultOf(json(500, error('internal')))).toBe('server');
  expect(await faultOf(json(503, error('unavailable')))).toBe('server');
  expect(await faultOf(new Response('too big', { status: 413 }))).toBe('too_large');
  expect(await faultOf(new Response('slow down', { status: 429 }))).toBe('rate_limited');
  expect(await faultOf(new Response('bad gateway', { status: 502 }))).toBe('server');
});

test('a 401 that is not ours does not end the session here', async () => {
  expect(await faultOf(new Response('proxy wants a password', { status: 401 }))).toBe('not_doorstep');
});

test('no answer at all, and none in time, are being offline', async () => {
  expect(await faultOf(new TypeError('Failed to fetch'))).toBe('offline');
  const never = createFetchSyncTransport(
    '',
    (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => {
          reject(new DOMException('timed out', 'TimeoutError'));
        });
      }),
  );
  await expect(never.sync(request, 20)).rejects.toMatchObject({ fault: 'offline' });
});

test('Retry-After is read from the body, from seconds and from a date', async () => {
  const thrown = (response: Response): Promise<unknown> => sync(response).catch((one: unknown) => one);
  expect(await thrown(json(429, error('rate_limited', 1_500)))).toMatchObject({ retryAfterMs: 1_500 });
  expect(await thrown(new Response('', { status: 503, headers: { 'retry-after': '7' } }))).toMatchObject({
    retryAfterMs: 7_000,
  });
  expect(readRetryAfter('Mon, 23 Nov 2026 01:00:10 GMT', Date.UTC(2026, 10, 23, 1))).toBe(10_000);
  expect([readRetryAfter(null, 0), readRetryAfter('soon', 0)]).toEqual([null, null]);
});
