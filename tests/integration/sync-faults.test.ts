import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import type { SyncRequest } from '../../src/protocol/sync-messages.ts';
import { handleSync } from '../../src/server/sync/handle-sync.ts';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { refuseInserts } from '../support/refuse-inserts.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';

const folder = await mkdtemp(join(tmpdir(), 'doorstep-faults-'));
afterAll(() => rm(folder, { recursive: true }));

async function start(
  file?: string,
): Promise<{ deps: TestDependencies; send: (r: SyncRequest) => ReturnType<typeof handleSync> }> {
  const deps = await createTestDependencies({ rules: sampleRules, file });
  await addPlaces(deps);
  const { session } = await addMember(deps, 'm1', { volunteer: ['g1'] });
  return { deps, send: (request) => handleSync(deps, session, request) };
}

const DISK_FULL = '53100';
const CHECK_VIOLATION = '23514';

const textOf = async (deps: TestDependencies, id: string) =>
  (await readRecord(deps.db, 'grid:g1', 'visit', id))?.data.byName;

test('I1: a fault of the database in the middle of a batch leaves nothing and asks to try again', async () => {
  const { deps, send } = await start();
  const phone = new SyncPhone('m1', send);
  const batch = [
    phone.mutation('grid:g1', 'sample.create', { id: 'v1', text: 'a' }),
    phone.mutation('grid:g1', 'sample.append', { id: 'v1', text: 'b' }),
  ];
  const mend = await refuseInserts(deps, 'receipt', { sqlstate: DISK_FULL });
  const failed = await phone.push('grid:g1', ...batch);
  const left = await textOf(deps, 'v1');
  await mend();
  const { pushed } = await phone.push('grid:g1', ...batch);

  expect(failed.pushed[0]).toMatchObject({ lastSeq: 0, receipts: [], stop: { seq: 1, reason: 'retry' } });
  expect(failed.pushed[0]?.stop?.retryAfterMs).toBeGreaterThan(0);
  expect(left).toBeUndefined();
  expect(pushed[0]?.receipts).toMatchObject([{ status: 'applied' }, { status: 'applied' }]);
  expect(await textOf(deps, 'v1')).toBe('ab');
  await deps.close();
});

test('L3: a mutation that the database never takes is held by itself, and those around it are applied', async () => {
  const { deps, send } = await start();
  const phone = new SyncPhone('m1', send);
  const create = (id: string) => phone.mutation('grid:g1', 'sample.create', { id, text: 'a' });
  await refuseInserts(deps, 'record', { id: 'poison', sqlstate: CHECK_VIOLATION });
  const batch = [create('v1'), create('poison'), create('v2')];
  const first = await phone.push('grid:g1', ...batch);
  const again = await phone.push('grid:g1', ...batch);

  expect(first.pushed[0]?.receipts.map(({ seq, status, code }) => [seq, status, code])).toEqual([
    [1, 'applied', ''],
    [2, 'quarantined', 'fault'],
    [3, 'applied', ''],
  ]);
  expect(first.pushed[0]).toMatchObject({ lastSeq: 3, stop: null });
  expect(again.pushed).toEqual(first.pushed);
  expect(await deps.db.selectFrom('held').select(['args', 'reason']).execute()).toEqual([
    { args: '{"id":"poison","text":"a"}', reason: 'fault' },
  ]);
  await deps.close();
});

test('work that a restored backup has lost comes back once, by the gap that the phone is told of', async () => {
  const file = join(folder, 'live.sqlite');
  const { deps, send } = await start(file);
  const phone = new SyncPhone('m1', send);
  const archive = ['a', 'b', 'c'].map((text, n) =>
    phone.mutation('grid:g1', n ? 'sample.append' : 'sample.create', { id: 'v1', text }),
  );
  await phone.push('grid:g1', ...archive.slice(0, 1));
  await sql`pragma wal_checkpoint(truncate)`.execute(deps.db);
  await copyFile(file, join(folder, 'backup.sqlite'));
  await phone.push('grid:g1', ...archive.slice(1));
  const { pages } = await phone.pullAll('grid:g1');
  await deps.close();

  const restored = await createTestDependencies({ rules: sampleRules, file: join(folder, 'backup.sqlite') });
  const session = { id: 'session-of-m1', memberId: 'm1', name: '', roles: NONE, revoked: false };
  const again = new SyncPhone('m1', (request) => handleSync(restored, session, request));
  const next = { ...(archive[2] as (typeof archive)[number]), seq: 4, mid: 'new', args: { id: 'v1', text: 'd' } };
  const cursor = pages.at(-1)?.cursor ?? null;
  const answer = await again.send({
    push: [{ space: 'grid:g1', mutations: [next] }],
    pull: [{ space: 'grid:g1', cursor, upTo: null, receiptsAfter: 2, rows: true }],
  });
  await again.push('grid:g1', ...archive.slice(1), next);

  expect(answer.pushed[0]).toMatchObject({ lastSeq: 1, stop: { seq: 4, reason: 'gap' } });
  expect(answer.resets).toEqual([{ space: 'grid:g1', reason: 'future' }]);
  expect(await textOf(restored, 'v1')).toBe('abcd');
  await restored.close();
});

const NONE = { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false };
