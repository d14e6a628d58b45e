import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { plainRow } from '../../src/client/lines/line-row.ts';
import { createPageMaker } from '../../src/client/lines/page-maker.ts';
import { createFetchSyncTransport } from '../../src/client/transport/fetch-sync-transport.ts';
import { indexes } from '../../src/domain/record/indexes.ts';
import { SYNC_LINES } from '../../src/protocol/sync-lines.ts';
import { MANY_ROWS, SYNC_PACKED } from '../../src/protocol/sync-packed.ts';
import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import type { StoredRow } from '../../src/sync/cache-port.ts';
import type { Answer } from '../../src/sync/transport-port.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces, type SampleMember } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { wholeRows } from '../support/whole-rows.ts';

const SPACE = 'grid:g1';
const COUNT = 4300;

let server: TestServer;
let member: SampleMember;
let phone: SyncPhone;
/** What the last answer was sent as. */
let sentAs: { type: string | null; accept: string | null };
/** What is put in place of the answer's bytes. */
let garble: (bytes: Uint8Array) => Uint8Array;

const send: typeof fetch = async (path, init) => {
  const headers = new Headers(init?.headers);
  headers.set('cookie', member.cookie);
  const response = await fetch(path, { ...init, headers });
  sentAs = { type: response.headers.get('content-type'), accept: headers.get('accept') };
  return new Response(Uint8Array.from(garble(await response.bytes())), { headers: response.headers });
};

const pull = (cursor: SyncRequest['pull'][number]['cursor'], upTo: number | null): SyncRequest => ({
  protocol: 2,
  member: 'm1',
  client: 'client-of-m1',
  epoch: null,
  build: 'test',
  pending: 0,
  sentAt: 0,
  lastContactAt: null,
  push: [],
  pull: [{ space: SPACE, cursor, upTo, receiptsAfter: 0, rows: true }],
});

const packed = (cursor: Parameters<typeof pull>[0] = null, upTo: number | null = null): Promise<Answer> =>
  createFetchSyncTransport(server.url, send, createPageMaker({ build: 'test', indexes })).sync(
    pull(cursor, upTo),
    10_000,
  );

const plain = (rows: readonly StoredRow[]): unknown[] =>
  rows
    .map(plainRow)
    .map(({ k, id, ver, t }) => ({ k, id, ver, t }))
    .sort((a, b) => a.ver - b.ver || (a.id < b.id ? -1 : 1));

beforeEach(async () => {
  garble = (bytes) => bytes;
  server = await startTestServer({ rules: sampleRules });
  await addPlaces(server.deps);
  member = await addMember(server.deps, 'm1', { volunteer: ['g1'] });
  phone = new SyncPhone('m1', async (request) => {
    const response = await fetch(`${server.url}/api/sync`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: member.cookie },
      body: JSON.stringify(request),
    });
    return (await response.json()) as SyncResponse;
  });
  for (let from = 0; from < COUNT; from += 500) {
    const ids = Array.from({ length: Math.min(500, COUNT - from) }, (_, n) => from + n);
    await phone.push(
      SPACE,
      ...ids.map((n) => phone.mutation(SPACE, 'sample.create', { id: `v${n}`, text: `第${n}户` })),
    );
  }
  const gone = [5, 700, 4299].map((n) => phone.mutation(SPACE, 'sample.remove', { id: `v${n}` }));
  await phone.push(SPACE, ...gone);
});
afterEach(() => server.close());

test('[PL8] a page that is one of many comes packed, and says what lines say', async () => {
  const first = await packed();
  expect(sentAs).toEqual({ type: SYNC_PACKED, accept: `${SYNC_LINES}, ${SYNC_PACKED}` });
  const [page] = first.pages;
  expect([page?.done, page?.rows, page?.many?.count]).toEqual([false, [], 4000]);
  const made = await page!.many!.made;
  expect(made.segments.map(({ pieces }) => pieces.map((piece) => Object.keys(piece)))).toEqual([
    Array.from({ length: 32 }, () => ['packed']),
  ]);
  const rest = await packed(page!.cursor, page!.upTo);
  expect(sentAs.type).toBe(SYNC_LINES);

  const inLines = createFetchSyncTransport(server.url, send);
  const [lines] = (await inLines.sync(pull(null, null), 10_000)).pages;
  const [more] = (await inLines.sync(pull(lines!.cursor, lines!.upTo), 10_000)).pages;
  expect(sentAs).toEqual({ type: SYNC_LINES, accept: SYNC_LINES });
  expect(plain(await wholeRows(made))).toEqual(plain([...lines!.rows, ...more!.rows]));
  const all = [...(await wholeRows(made)), ...rest.pages[0]!.rows];
  expect(all.length).toBe(COUNT);
  expect(all.flatMap((row) => (plainRow(row).t === undefined ? [row.id] : [])).sort()).toEqual(['v4299', 'v5', 'v700']);
});

test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
  ['cut off', (bytes) => bytes.slice(0, -100)],
  ['cut off within its head', (bytes) => bytes.slice(0, 40)],
  ['cut to nothing', (bytes) => bytes.slice(0, 2)],
  ['with more behind it', (bytes) => Uint8Array.from([...bytes, 0])],
  ['with another head', (bytes) => bytes.map((byte, n) => (n === 12 ? byte ^ 255 : byte))],
])('[PL8] a packed answer %s is no answer of ours', async (_how, change) => {
  garble = change;
  await expect(packed()).rejects.toMatchObject({ fault: 'not_doorstep' });
});

test('[PL8] pieces that were damaged on the way are no page, and the next comes in lines', async () => {
  // All of the last pieces: a single byte may mean something else, and only the digest of the space tells.
  garble = (bytes) =>
    sentAs.type === SYNC_PACKED ? bytes.map((byte, n) => (n > bytes.length - 2_000 ? 255 : byte)) : bytes;
  const transport = createFetchSyncTransport(server.url, send, createPageMaker({ build: 'test', indexes }));
  const [page] = (await transport.sync(pull(null, null), 10_000)).pages;
  expect(page!.many!.count).toBeGreaterThanOrEqual(MANY_ROWS);
  await expect(page!.many!.made).rejects.toMatchObject({ fault: 'not_doorstep' });
  const [again] = (await transport.sync(pull(null, null), 10_000)).pages;
  expect([sentAs.accept, again!.rows.length]).toEqual([SYNC_LINES, 2000]);
});

test('[PL8] so does one that was not here in time, or could not be read', async () => {
  const never: typeof fetch = (_path, init) =>
    new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('no time'))));
  let isSlow = true;
  const slow: typeof fetch = (path, init) => (isSlow ? never(path, init) : send(path, init));
  const transport = createFetchSyncTransport(server.url, slow, createPageMaker({ build: 'test', indexes }));
  await expect(transport.sync(pull(null, null), 50)).rejects.toMatchObject({ fault: 'offline' });
  isSlow = false;
  expect((await transport.sync(pull(null, null), 10_000)).pages[0]!.rows.length).toBe(2000);

  const cut = createFetchSyncTransport(server.url, send, createPageMaker({ build: 'test', indexes }));
  garble = (bytes) => bytes.slice(0, -100);
  await expect(cut.sync(pull(null, null), 10_000)).rejects.toMatchObject({ fault: 'not_doorstep' });
  garble = (bytes) => bytes;
  expect((await cut.sync(pull(null, null), 10_000)).pages[0]!.rows.length).toBe(2000);
});

test('[PL8] a proxy that writes the header anew changes nothing', async () => {
  const rewriting: typeof fetch = (path, init) => {
    const headers = new Headers(init?.headers);
    headers.set('accept', `${SYNC_LINES},${SYNC_PACKED};q=0.9`);
    return send(path, { ...init, headers });
  };
  const transport = createFetchSyncTransport(server.url, rewriting, createPageMaker({ build: 'test', indexes }));
  expect((await transport.sync(pull(null, null), 10_000)).pages[0]!.many?.count).toBe(4000);
});

/** All pages of the space, as one phone after another pulls them. */
async function pullAll(): Promise<{ counts: (number | undefined)[]; rows: StoredRow[] }> {
  const transport = createFetchSyncTransport(server.url, send, createPageMaker({ build: 'test', indexes }));
  const counts: (number | undefined)[] = [];
  const rows: StoredRow[] = [];
  let at: Parameters<typeof pull> = [null, null];
  for (;;) {
    const [page] = (await transport.sync(pull(...at), 10_000)).pages;
    counts.push(page!.many?.count);
    rows.push(...(page!.many ? await wholeRows(await page!.many.made) : page!.rows));
    if (page!.done) return { counts, rows };
    at = [page!.cursor, page!.upTo];
  }
}

const idsOf = (rows: readonly StoredRow[]): string[] => rows.map(({ id }) => id).sort();

test('[PL8] what was packed for one phone is told to the next, but for what has changed since', async () => {
  const pack = vi.spyOn(server.deps.packedPages, 'pack');
  const before = await pullAll();
  expect([before.counts, pack.mock.calls.length]).toEqual([[4000, undefined], 1]);
  expect(plain((await pullAll()).rows)).toEqual(plain(before.rows));
  expect(pack.mock.calls.length).toBe(1);

  await phone.push(SPACE, phone.mutation(SPACE, 'sample.append', { id: 'v17', text: '换了说法' }));
  await phone.push(SPACE, phone.mutation(SPACE, 'sample.remove', { id: 'v18' }));
  const after = await pullAll();
  // It ends where it ended before.
  expect([after.counts, pack.mock.calls.length]).toEqual([[3998, undefined], 2]);
  expect(idsOf(after.rows)).toEqual(idsOf(before.rows));
  const said = new Map(after.rows.map((row) => [row.id, plainRow(row).t]));
  expect([said.get('v17'), said.get('v18')]).toEqual([expect.stringContaining('换了说法'), undefined]);
  expect(plain((await pullAll()).rows)).toEqual(plain(after.rows));
  expect(pack.mock.calls.length).toBe(2);
});

test('[PL8] the last of many pages goes packed too, and as far as it went stays packed when others follow', async () => {
  const more = Array.from({ length: 900 }, (_, n) => phone.mutation(SPACE, 'sample.create', { id: `w${n}`, text: '' }));
  for (let from = 0; from < more.length; from += 450) await phone.push(SPACE, ...more.slice(from, from + 450));
  const pack = vi.spyOn(server.deps.packedPages, 'pack');
  expect((await pullAll()).counts).toEqual([4000, 1200]);
  await phone.push(SPACE, phone.mutation(SPACE, 'sample.create', { id: 'late', text: '' }));
  const { counts, rows } = await pullAll();
  expect([counts, pack.mock.calls.length]).toEqual([[4000, 1200, undefined], 2]);
  expect([rows.length, new Set(idsOf(rows)).size]).toEqual([5201, 5201]);
});

test('[PL8] a pull that is pinned before the end of what was packed hears of nothing behind it', async () => {
  const [page] = (await packed()).pages;
  expect(page!.upTo).toBeGreaterThan(2);
  const [early] = (await packed(null, 1)).pages;
  expect([early!.done, early!.many, new Set(early!.rows.map(({ ver }) => ver))]).toEqual([
    true,
    undefined,
    new Set([1]),
  ]);
});
