import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cursor, Row } from '../../src/protocol/sync-messages.ts';
import { readRecord, readRecords } from '../../src/server/sync/read-record.ts';
import { hearPokes } from '../support/hear-pokes.ts';
import { startSampleProcess, type SampleProcess } from '../support/sample-process.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';
import { until } from '../support/until.ts';

const PROCESSES = 3;
const WRITERS = 8;
const EACH = 15;

let deps: TestDependencies;
let servers: SampleProcess[];

beforeAll(async () => {
  deps = await createTestDependencies({ rules: sampleRules, now: () => Date.now() });
  await addPlaces(deps);
  servers = await Promise.all(
    Array.from({ length: PROCESSES }, () => startSampleProcess({ DATABASE_URL: deps.databaseUrl ?? '' })),
  );
}, 60_000);
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  await deps.close();
});

const serverFor = (n: number): SampleProcess => servers[n % PROCESSES] as SampleProcess;

/** A phone whose every round trip goes to the next process. */
async function addPhone(id: string, roles: Parameters<typeof addMember>[2], start = 0): Promise<SyncPhone> {
  const member = await addMember(deps, id, roles);
  let trips = start;
  return new SyncPhone(id, (request) => serverFor(trips++).send(member)(request), { clock: deps.now() });
}

test('I12, I15: with eight writers over three processes each poller sees every row, in order, and none twice', async () => {
  const writers = await Promise.all(
    Array.from({ length: WRITERS }, (_, n) => addPhone(`w${n}`, { volunteer: ['g1'] }, n)),
  );
  const pollers = await Promise.all(
    Array.from({ length: PROCESSES }, (_, n) => addPhone(`p${n}`, { volunteer: ['g1'] }, n)),
  );
  let writing = true;

  async function poll(phone: SyncPhone): Promise<Row[]> {
    const seen: Row[] = [];
    let cursor: Cursor | null = null;
    for (let last = false; !last;) {
      last = !writing;
      const { rows, pages } = await phone.pullAll('grid:g1', cursor);
      seen.push(...rows);
      cursor = pages.at(-1)?.cursor ?? null;
    }
    return seen;
  }
  async function write(phone: SyncPhone): Promise<void> {
    for (let n = 0; n < EACH; n++) {
      const id = `${phone.member}-${n}`;
      const { pushed } = await phone.push('grid:g1', phone.mutation('grid:g1', 'sample.create', { id, text: 'a' }));
      expect(pushed[0]?.receipts).toMatchObject([{ status: 'applied' }]);
    }
  }
  const polls = pollers.map(poll);
  await Promise.all(writers.map(write));
  writing = false;

  const ids = writers.flatMap(({ member }) => Array.from({ length: EACH }, (_, n) => `${member}-${n}`)).sort();
  for (const seen of await Promise.all(polls)) {
    expect(seen.map(({ id }) => id).sort()).toEqual(ids);
    expect(seen.map(({ ver }) => ver)).toEqual(seen.map(({ ver }) => ver).sort((a, b) => a - b));
  }
  const { ver } = await deps.db.selectFrom('space').select('ver').where('id', '=', 'grid:g1').executeTakeFirstOrThrow();
  expect(ver).toBe(WRITERS * EACH);
});

test('I5, I6: of thirty who claim one wish through three processes one wins, and the others are told by whom', async () => {
  const phones = await Promise.all(Array.from({ length: 30 }, (_, n) => addPhone(`c${n}`, { claimer: true }, n)));
  const [first] = phones;
  await first?.push('wall:c1', first.mutation('wall:c1', 'sample.open', { id: 'card' }));
  const answers = await Promise.all(
    phones.map((phone) => phone.push('wall:c1', phone.mutation('wall:c1', 'sample.claim', { id: 'card' }))),
  );

  const receipts = answers.flatMap(({ pushed }) => pushed.flatMap((result) => result.receipts));
  const winner = (await readRecord(deps.db, 'wall:c1', 'card', 'card'))?.data.claim;
  expect(receipts.filter(({ status }) => status === 'applied').map(({ mid }) => mid)).toEqual([winner?.mid]);
  const lost = receipts.filter(({ status }) => status === 'rejected');
  expect(lost).toHaveLength(29);
  for (const { data } of lost) expect(data).toEqual({ winnerName: winner?.name, at: winner?.at });
  for (const { member } of phones) {
    expect(await readRecords(deps.db, `member:${member}`, 'notice')).toHaveLength(member === winner?.memberId ? 0 : 1);
  }
});

test('I3: the same batch through all processes at once is applied once', async () => {
  const phone = await addPhone('twice', { volunteer: ['g2'] });
  await phone.push('grid:g2', phone.mutation('grid:g2', 'sample.create', { id: 'v', text: 'a' }));
  const batch = ['b', 'c'].map((text) => phone.mutation('grid:g2', 'sample.append', { id: 'v', text }));
  const answers = await Promise.all(servers.map(() => phone.push('grid:g2', ...batch)));

  expect(answers.map(({ pushed }) => pushed[0]?.lastSeq)).toEqual([3, 3, 3]);
  expect((await readRecord(deps.db, 'grid:g2', 'visit', 'v'))?.data.byName).toBe('abc');
});

const areAllListening = async (): Promise<boolean> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where application_name = 'doorstep pokes' and datname = current_database() and query ~ '^(listen|select pg_notify)'`.execute(
    deps.db,
  );
  return rows[0]?.count === PROCESSES;
};

test('what is pushed through one process is told on the streams that another one has open', async () => {
  const [one, other] = [serverFor(0), serverFor(1)];
  const hearer = await addMember(deps, 'hearer', { volunteer: ['g2'] });
  const writer = await addMember(deps, 'writer', { volunteer: ['g2'] });
  await until(areAllListening, 'processes that all listen');
  const stream = await hearPokes(other.url, hearer.cookie);
  const phone = new SyncPhone('writer', one.send(writer), { clock: deps.now() });
  const create = phone.mutation('grid:g2', 'sample.create', { id: 'heard', text: '王芳' });
  const { pushed } = await phone.push('grid:g2', create);

  const ver = pushed[0]?.receipts[0]?.ver;
  expect(await stream.next()).toBe(`data: {"space":"grid:g2","ver":${ver}}\n\n`);
  await stream.close();
});
