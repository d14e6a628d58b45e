import { sql } from 'kysely';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PushedMutation, SyncRequest } from '../../src/protocol/sync-messages.ts';
import { handleSync } from '../../src/server/sync/handle-sync.ts';
import { readRecord } from '../../src/server/sync/read-record.ts';
import { startSampleProcess, type SampleProcess } from '../support/sample-process.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces, type SampleMember } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';
import { until } from '../support/until.ts';

const LOCK_TIMEOUT_MS = 300;

let deps: TestDependencies;
let member: SampleMember;
const running: SampleProcess[] = [];
const clients: Client[] = [];

beforeEach(async () => {
  deps = await createTestDependencies({ rules: sampleRules, now: () => Date.now() });
  await addPlaces(deps);
  member = await addMember(deps, 'm1', { volunteer: ['g1', 'g2'] });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.kill()));
  await Promise.all(clients.splice(0).map((client) => client.end()));
  await deps.close();
});

async function start(): Promise<SampleProcess> {
  const server = await startSampleProcess({
    DATABASE_URL: `${deps.databaseUrl}?lock_timeout=${LOCK_TIMEOUT_MS}`,
  });
  running.push(server);
  return server;
}

/** Somebody else at the same database, with whatever it may have open. */
async function connect(): Promise<Client> {
  const client = new Client(deps.databaseUrl ?? '');
  await client.connect();
  clients.push(client);
  return client;
}

/** A phone of a server, until that is killed: then its requests come here, to another process over the same database. */
function phoneOf(server: SampleProcess): SyncPhone {
  const away = server.send(member);
  const send = (request: SyncRequest) =>
    server.isRunning() ? away(request) : handleSync(deps, member.session, request);
  return new SyncPhone('m1', send, { clock: deps.now() });
}

const textOf = async (id: string, space = 'grid:g1') => (await readRecord(deps.db, space, 'visit', id))?.data.byName;
const create = (phone: SyncPhone, id: string, text = 'a', space = 'grid:g1'): PushedMutation =>
  phone.mutation(space, 'sample.create', { id, text });
const append = (phone: SyncPhone, id: string, text: string): PushedMutation =>
  phone.mutation('grid:g1', 'sample.append', { id, text });

/** Does a statement of a server run that has this in it? */
const runs = (text: string) => async (): Promise<boolean> => {
  const { rows } = await sql`
    select 1 from pg_stat_activity
    where application_name = 'doorstep' and pid <> pg_backend_pid() and state = 'active'
      and query ilike ${`%${text}%`} and wait_event = 'PgSleep'`.execute(deps.db);
  return rows.length > 0;
};

const SLEEP = sql.lit('begin perform pg_sleep(0.7); return new; end');

const moments = [
  {
    when: 'before its commit',
    slow: sql`create trigger slow before insert on receipt for each row execute function slow()`,
    reached: runs('insert into "receipt"'),
    effect: false,
  },
  {
    when: 'in its commit',
    slow: sql`create constraint trigger slow after insert on receipt deferrable initially deferred
      for each row execute function slow()`,
    reached: runs('commit'),
    effect: true,
  },
];

test.each(moments)(
  'I1, I3: of a server killed $when all or nothing is left, and sent again it is applied once',
  async (moment) => {
    const server = await start();
    const phone = phoneOf(server);
    await phone.push('grid:g1', create(phone, 'v1'));
    await sql`create function slow() returns trigger language plpgsql as ${SLEEP}`.execute(deps.db);
    await moment.slow.execute(deps.db);
    const batch = [append(phone, 'v1', 'b'), append(phone, 'v1', 'c')];
    const lost = expect(phone.push('grid:g1', ...batch)).rejects.toThrow();
    await until(moment.reached, `the moment ${moment.when}`);
    await server.kill();
    await lost;
    await sql`drop trigger slow on receipt`.execute(deps.db);
    const left = await textOf('v1');
    const { pushed } = await phone.push('grid:g1', ...batch);

    expect(left).toBe(moment.effect ? 'abc' : 'a');
    expect(pushed[0]).toMatchObject({ lastSeq: 3, receipts: [{ status: 'applied' }, { status: 'applied' }] });
    expect(await textOf('v1')).toBe('abc');
  },
);

test('I3: of a server killed after its commit, before its answer, nothing is lost and nothing done twice', async () => {
  const server = await start();
  const phone = phoneOf(server);
  await phone.push('grid:g1', create(phone, 'v1'));
  const batch = [append(phone, 'v1', 'b')];
  // The answer's own reading waits: the commit is done, the answer is not out.
  const holder = await connect();
  await holder.query('begin; lock table server in access exclusive mode');
  const lost = expect(phone.push('grid:g1', ...batch)).rejects.toThrow();
  await until(async () => (await textOf('v1')) === 'ab', 'both words');
  await server.kill();
  await lost;
  await holder.query('rollback');
  const { pushed } = await phone.push('grid:g1', ...batch);

  expect(pushed[0]?.receipts).toMatchObject([{ seq: 2, status: 'applied' }]);
  expect(await textOf('v1')).toBe('ab');
});

test('I1: a space that somebody holds too long is answered as to be tried again, while others go on', async () => {
  const server = await start();
  const phone = phoneOf(server);
  await phone.push('grid:g1', create(phone, 'v1'));
  const holder = await connect();
  await holder.query(`begin; select from space where id = 'grid:g1' for update`);
  const waiting = append(phone, 'v1', 'b');
  const [busy, other] = await Promise.all([
    phone.push('grid:g1', waiting),
    phone.push('grid:g2', create(phone, 'v2', 'a', 'grid:g2')),
  ]);
  await holder.query('rollback');
  const { pushed } = await phone.push('grid:g1', waiting);

  expect(busy.pushed[0]).toMatchObject({ lastSeq: 1, receipts: [], stop: { seq: 2, reason: 'retry' } });
  expect(other.pushed[0]?.receipts).toMatchObject([{ status: 'applied' }]);
  expect(pushed[0]?.receipts).toMatchObject([{ status: 'applied' }]);
  expect(await textOf('v1')).toBe('ab');
  expect(await deps.db.selectFrom('held').selectAll().execute()).toEqual([]);
});

test('I12: a transaction that stays open elsewhere hides and loses no row, and none overtakes the one before it', async () => {
  const server = await start();
  const phone = phoneOf(server);
  await phone.push('grid:g1', create(phone, 'v1'));
  // One that has read and written, and does not end: it holds back what vacuum may clear, and nothing else.
  const idle = await connect();
  await idle.query(`begin isolation level repeatable read; select from record; update server set epoch = epoch`);
  await phone.push('grid:g1', create(phone, 'v2'));
  // One that has taken the next version of the space and not committed it.
  const writer = await connect();
  await writer.query('begin');
  await writer.query(`update space set ver = ver + 1 where id = 'grid:g1'`);
  await writer.query(
    `insert into record select space, kind, 'v3', 3, deleted, data, updated_at from record where id = 'v2'`,
  );
  const during = await phone.pullAll('grid:g1');
  const behind = phone.push('grid:g1', create(phone, 'v4'));
  await writer.query('commit');
  await behind;
  const after = await phone.pullAll('grid:g1', during.pages.at(-1)?.cursor);
  await idle.query('rollback');

  expect(during.rows.map(({ id, ver }) => [id, ver])).toEqual([
    ['v1', 1],
    ['v2', 2],
  ]);
  expect(after.rows.map(({ id, ver }) => [id, ver])).toEqual([
    ['v3', 3],
    ['v4', 4],
  ]);
});

test('a server that loses all its connections goes on with new ones, and no mutation is held for it', async () => {
  const server = await start();
  const phone = phoneOf(server);
  await phone.push('grid:g1', create(phone, 'v1'));
  await sql`create function slow() returns trigger language plpgsql as ${SLEEP}`.execute(deps.db);
  await sql`create trigger slow before insert on receipt for each row execute function slow()`.execute(deps.db);
  const batch = [append(phone, 'v1', 'b')];
  const cut = phone.push('grid:g1', ...batch);
  await until(runs('insert into "receipt"'), 'the slow statement');
  const other = await connect();
  await other.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'doorstep' and wait_event = 'PgSleep' or application_name = 'doorstep pokes'`);
  const { pushed } = await cut;
  await other.query('drop trigger slow on receipt');
  const again = await phone.push('grid:g1', ...batch);

  expect(pushed[0]).toMatchObject({ lastSeq: 1, receipts: [], stop: { seq: 2, reason: 'retry' } });
  expect(again.pushed[0]?.receipts).toMatchObject([{ status: 'applied' }]);
  expect(await textOf('v1')).toBe('ab');
  expect(await deps.db.selectFrom('held').selectAll().execute()).toEqual([]);
});
