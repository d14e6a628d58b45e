import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../src/server/app.ts';
import { createMetrics } from '../../src/server/metrics/metrics.ts';
import { listen, type Listening } from '../../src/server/listen.ts';
import { handleSync } from '../../src/server/sync/handle-sync.ts';
import { refuseInserts } from '../support/refuse-inserts.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';

const TOKEN = 'a-token-for-figures';
const MID = '3f0c1f6e-6d2b-4f0e-9a55-0a4b1c2d3e4f';
let deps: TestDependencies;
let open: Listening;
let guarded: Listening;
let log = '';

beforeAll(async () => {
  deps = await createTestDependencies({ rules: sampleRules });
  deps.logger = pino(
    { base: null },
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        log += chunk.toString();
        done();
      },
    }),
  );
  await addPlaces(deps);
  open = await listen(createApp(deps), 0, '127.0.0.1');
  const config = { ...deps.config, metricsToken: TOKEN };
  guarded = await listen(createApp({ ...deps, config }), 0, '127.0.0.1');
});
afterAll(async () => {
  await open.close();
  await guarded.close();
  await deps.close();
});

const ask = (server: Listening, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${server.port}/metrics`, { headers });

const lagsCounted = async (): Promise<string | undefined> =>
  /doorstep_mutation_lag_seconds_count (\d+)/.exec(await (await ask(open)).text())?.[1];

test('figures are for whoever asks on the same machine, and not there for whom a proxy asks', async () => {
  expect((await ask(open)).status).toBe(200);
  expect((await ask(open, { 'x-forwarded-for': '203.0.113.5' })).status).toBe(404);
  expect((await createApp(deps).request('/metrics')).status).toBe(404);
});

test('with a token they are for whoever shows it, and for nobody else', async () => {
  expect((await ask(guarded, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  expect((await ask(guarded, { authorization: `Bearer ${TOKEN}x` })).status).toBe(404);
  expect((await ask(guarded)).status).toBe(404);
});

test('a push is counted by what became of it, once, and its mids stand in the log', async () => {
  const { session } = await addMember(deps, 'm1', { volunteer: ['g1'] }, '王芳');
  const phone = new SyncPhone('m1', (request) => handleSync(deps, session, request), { clock: deps.now() });
  await phone.send({ pending: 0 });
  deps.advance(7_200_000);
  phone.clock = deps.now();
  const hourAgo = { at: deps.now() - 3_600_000 };
  const batch = [
    phone.mutation('grid:g1', 'sample.create', { id: 'v1', text: '陈奶奶' }, { mid: MID, ...hourAgo }),
    phone.mutation('grid:g1', 'sample.create', { id: 'v1', text: '陈奶奶' }, { mid: '陈-奶奶', ...hourAgo }),
  ];
  await phone.send({ push: [{ space: 'grid:g1', mutations: batch }], pending: 5 });
  await phone.send({ push: [{ space: 'grid:g1', mutations: batch }], pending: 3, media: { waiting: 4, sounds: 1 } });
  const figures = await (await ask(open)).text();

  expect(figures).toContain('doorstep_receipts_total{status="applied",code=""} 1');
  expect(figures).toContain('doorstep_receipts_total{status="rejected",code="exists"} 1');
  expect(figures).toContain('doorstep_pushes_total{result="settled"} 2');
  expect(figures).toContain('doorstep_mutation_lag_seconds_count 2');
  expect(figures).toContain('doorstep_mutation_lag_seconds_sum 7200');
  expect(figures).toMatch(/doorstep_lock_wait_seconds_count [1-9]/);
  expect(figures).toContain('doorstep_clients_pending 1');
  expect(figures).toContain('doorstep_clients_pending_media 4');
  expect(figures).toContain('doorstep_poke_streams 0');
  expect(figures).not.toMatch(/g1|m1|王芳|奶奶/);
  const lines = log
    .split('\n')
    .filter((line) => line.includes(MID))
    .map((line) => JSON.parse(line) as object);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    msg: 'push',
    space: 'grid',
    applied: [MID],
    rejected: [['of another kind', 'exists']],
  });
  expect(log).not.toMatch(/王芳|奶奶/);
});

test('a mid at which a push stopped, to come again later, stands in the log with the reason', async () => {
  const { session } = await addMember(deps, 'm4', { volunteer: ['g1'] }, '孙丽');
  const phone = new SyncPhone('m4', (request) => handleSync(deps, session, request), { clock: deps.now() });
  const mid = 'b7a1c2d3-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
  const mend = await refuseInserts(deps, 'receipt', { sqlstate: '53100' });
  await phone.push('grid:g1', phone.mutation('grid:g1', 'sample.create', { id: 'v4', text: 'x' }, { mid }));
  await mend();
  const lines = log.split('\n').filter((line) => line.includes(mid) && line.includes('"msg":"push"'));
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ applied: [], stopped: [mid, 'retry'] }),
  ]);
});

/** What a counter without labels, or with these, says. */
async function counted(name: string): Promise<number> {
  const figures = await (await ask(open)).text();
  const line = figures.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length) ?? 0);
}

test('a pull is counted by page and by space that begins anew, and its rows by how many went', async () => {
  const { session } = await addMember(deps, 'm5', { volunteer: ['g2'] }, '周萍');
  const phone = new SyncPhone('m5', (request) => handleSync(deps, session, request), { clock: deps.now() });
  const figures = [
    'doorstep_pulls_total{result="page"}',
    'doorstep_pulls_total{result="reset"}',
    'doorstep_rows_sent_total',
  ];
  const all = (): Promise<number[]> => Promise.all(figures.map(counted));
  await phone.push(
    'grid:g2',
    ...['v5', 'v6', 'v7'].map((id) => phone.mutation('grid:g2', 'sample.create', { id, text: 'x' })),
  );
  const [pages, resets, rows] = (await all()) as [number, number, number];
  const { pages: pulled } = await phone.pullAll('grid:g2');
  expect(pulled).toHaveLength(1);
  expect(await all()).toEqual([pages + 1, resets, rows + 3]);

  phone.epoch = 'of a history that is gone';
  const cursor = pulled[0]!.cursor;
  await phone.send({ pull: [{ space: 'grid:g2', cursor, upTo: null, receiptsAfter: 0, rows: true }] });
  expect(await all()).toEqual([pages + 1, resets + 1, rows + 3]);
});

test('a device that never had nothing waiting tells nothing of how long things take, whatever its clock says', async () => {
  const { session } = await addMember(deps, 'm2', { volunteer: ['g1'] }, '李伟');
  const phone = new SyncPhone('m2', (request) => handleSync(deps, session, request), { clock: deps.now() });
  const before = await lagsCounted();
  const since1970 = phone.mutation('grid:g1', 'sample.create', { id: 'v2', text: '灯不亮' }, { at: 0 });
  await phone.send({ push: [{ space: 'grid:g1', mutations: [since1970] }], pending: 1 });
  expect(await lagsCounted()).toBe(before);
});

test('what a phone calls a space and is none is not written down', async () => {
  const { session } = await addMember(deps, 'm3', { volunteer: ['g1'] }, '赵敏');
  const phone = new SyncPhone('m3', (request) => handleSync(deps, session, request), { clock: deps.now() });
  log = '';
  const mutations = [phone.mutation('chen-nainai', 'sample.create', { id: 'v3', text: '灯不亮' }, {})];
  await phone.send({ push: [{ space: 'chen-nainai', mutations }], pending: 1 });
  const pushes = log.split('\n').filter((line) => line.includes('"msg":"push"'));
  expect(pushes).toHaveLength(1);
  expect(log).not.toContain('nainai');
});

test('while the database is away a process still tells its own figures', async () => {
  const gone = await createTestDependencies();
  const metrics = createMetrics(gone.db, gone.now);
  await gone.close();

  expect(await metrics.registry.metrics()).toMatch(/doorstep_held_open NaN/i);
});
