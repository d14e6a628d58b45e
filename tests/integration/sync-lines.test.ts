import { plainRow } from '../../src/client/lines/line-row.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFetchSyncTransport } from '../../src/client/transport/fetch-sync-transport.ts';
import { dataRow, SYNC_LINES } from '../../src/protocol/sync-lines.ts';
import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces, type SampleMember } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const TEXTS = ['楼道\n脏乱', '一"对"\t引号', '\u2028', 'x'.repeat(5_000)];
const PULL = { space: 'grid:g1', cursor: null, upTo: null, receiptsAfter: 0, rows: true };

let server: TestServer;
let member: SampleMember;
let phone: SyncPhone;
/** What the last answer was sent as. */
let sentAs: { type: string | null; encoding: string | null };
/** What is put in place of the answer's text. */
let garble: (text: string) => string;

const ask = (accept: string | null, encodings = 'identity'): typeof fetch =>
  async function (path, init) {
    const headers = new Headers(init?.headers);
    headers.set('cookie', member.cookie);
    headers.set('accept-encoding', encodings);
    if (accept !== null) headers.set('accept', accept);
    const response = await fetch(path, { ...init, headers });
    sentAs = { type: response.headers.get('content-type'), encoding: response.headers.get('content-encoding') };
    return new Response(garble(await response.text()), { headers: { 'content-type': sentAs.type ?? '' } });
  };

async function pulled(send: typeof fetch): Promise<SyncResponse> {
  const transport = createFetchSyncTransport(server.url, send);
  const request: SyncRequest = {
    protocol: 2,
    member: 'm1',
    client: 'client-of-m1',
    epoch: null,
    build: 'test',
    pending: 0,
    sentAt: 0,
    lastContactAt: null,
    push: [],
    pull: [PULL],
  };
  const { pages, ...answer } = await transport.sync(request, 5_000);
  return {
    ...answer,
    pages: pages.map((page) => ({
      ...page,
      rows: page.rows
        .map((row) => dataRow(plainRow(row)))
        .map(({ k, id, ver, d }) => (d === undefined ? { k, id, ver } : { k, id, ver, d })),
    })),
  };
}

beforeEach(async () => {
  garble = (text) => text;
  server = await startTestServer({ rules: sampleRules });
  await addPlaces(server.deps);
  member = await addMember(server.deps, 'm1', { volunteer: ['g1'] });
  const plain = createFetchSyncTransport(server.url, ask('application/json'));
  phone = new SyncPhone('m1', async (request) => (await plain.sync(request, 5_000)) as SyncResponse);
  const made = TEXTS.map((text, n) => phone.mutation('grid:g1', 'sample.create', { id: `v${n}`, text }));
  await phone.push('grid:g1', ...made);
  await phone.push('grid:g1', phone.mutation('grid:g1', 'sample.remove', { id: 'v0' }));
  await phone.push('grid:g1', phone.mutation('grid:g1', 'sample.create', { id: 'last', text: '三楼' }));
});
afterEach(() => server.close());

test('[PL8] what a phone reads from lines is what another reads from JSON, tombstones among it', async () => {
  const lines = await pulled(ask(SYNC_LINES));
  expect(sentAs).toEqual({ type: SYNC_LINES, encoding: null });
  const json = await pulled(ask('application/json'));
  expect(sentAs.type).toBe('application/json');
  expect(lines).toEqual(json);
  expect(lines.pages[0]?.rows.map(({ id, d }) => [id, d === undefined])).toEqual(
    expect.arrayContaining([
      ['v0', true],
      ['v1', false],
    ]),
  );
});

test.each(['zstd', 'gzip'])('[PL8] compressed by %s they say the same', async (encoding) => {
  const lines = await pulled(ask(SYNC_LINES, encoding));
  expect(sentAs.encoding).toBe(encoding);
  expect(lines).toEqual(await pulled(ask('application/json')));
});

test.each([
  ['cut off', (text: string) => text.slice(0, -3_000).replace(/\n[^\n]*$/, '')],
  ['cut off within the last row', (text: string) => text.slice(0, -3)],
  ['with a row too many', (text: string) => `${text}visit\tv9\t1\t{}\n`],
  ['with a version that is none', (text: string) => text.replace(/\nvisit\tv1\t\d+/, '\nvisit\tv1\t-1')],
  ['with a row that is none', (text: string) => text.replace(/\nvisit\tv1\t\d+/, '\nvisit')],
])('[PL8] lines %s are no answer of ours', async (_how, change) => {
  garble = change;
  await expect(pulled(ask(SYNC_LINES))).rejects.toMatchObject({ fault: 'not_doorstep' });
});
