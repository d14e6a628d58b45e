import { sql } from 'kysely';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPostgresPokes, type PostgresPokes } from '../../src/server/poke/postgres-pokes.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';
import { until } from '../support/until.ts';

const silent = pino({ level: 'silent' });
let deps: TestDependencies;
const open: PostgresPokes[] = [];

beforeEach(async () => {
  deps = await createTestDependencies();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((pokes) => pokes.close()));
  await deps.close();
});

/** What another process of the office has, and what it has heard. */
function openPokes(schema = 'public') {
  const pokes = openPostgresPokes({ url: deps.databaseUrl ?? '', schema }, silent);
  open.push(pokes);
  const heard: string[] = [];
  pokes.subscribe((space, ver) => heard.push(`${space} ${ver}`));
  return { pokes, heard };
}

/** The lines whose last word was this. */
async function lines(word = 'listen'): Promise<number[]> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity
    where application_name = 'doorstep pokes' and datname = current_database()
      and query like ${`${word}%`}`.execute(deps.db);
  return rows.map(({ pid }) => pid);
}

const linesAre = (count: number) => until(async () => (await lines()).length === count, `${count} lines that listen`);

const setVersion = (id: string, ver: number) =>
  deps.db.insertInto('space').values({ id, ver, gc_ver: 0, digest: '' }).execute();

test('who is closed while the line is still opening ends, and leaves no line behind', async () => {
  await openPokes().pokes.close();
  await linesAre(0);
});

test('what one process publishes, all hear, each once', async () => {
  const [one, other] = [openPokes(), openPokes()];
  await linesAre(2);
  one.pokes.publish('grid:g1', 1);
  other.pokes.publish('grid:g2', 5);
  await until(() => one.heard.length === 2 && other.heard.length === 2, 'both pokes at both');
  // What PostgreSQL brings comes in order: behind these nothing of the first two is under way.
  one.pokes.publish('grid:end1', 1);
  other.pokes.publish('grid:end2', 1);
  const hasEnd = (heard: string[]) => heard.includes('grid:end1 1') && heard.includes('grid:end2 1');
  await until(() => hasEnd(one.heard) && hasEnd(other.heard), 'what was published last');
  const first = (heard: string[]) => heard.filter((poke) => !poke.startsWith('grid:end')).sort();

  expect(first(one.heard)).toEqual(['grid:g1 1', 'grid:g2 5']);
  expect(first(other.heard)).toEqual(['grid:g1 1', 'grid:g2 5']);
});

test('a thousand pokes at once go in few notifications, the newest of each space among them', async () => {
  const [one, other] = [openPokes(), openPokes()];
  await linesAre(2);
  for (let ver = 1; ver <= 10; ver++) for (let n = 0; n < 100; n++) one.pokes.publish(`grid:${n}`, ver);
  await until(
    () => new Set(other.heard.filter((poke) => poke.endsWith(' 10'))).size === 100,
    'the newest of each space',
  );

  expect(other.heard.length).toBeLessThan(300);
});

const cut = (pids: readonly number[]) =>
  sql`select pg_terminate_backend(pid) from unnest(${[...pids]}::int[]) as pid`.execute(deps.db);

test('who was not heard for a while tells the others when the line is there again', async () => {
  const one = openPokes();
  await linesAre(1);
  const ofOne = await lines();
  const other = openPokes();
  await linesAre(2);
  await cut(ofOne);
  one.pokes.publish('grid:kept', 3);
  await until(() => other.heard.includes('grid:kept 3'), 'what was published without a line');

  expect(other.heard).toEqual(['grid:kept 3']);
});

test('who heard nothing for a while learns what went by, and has one line again', async () => {
  const one = openPokes();
  await linesAre(1);
  await setVersion('grid:missed', 7);
  await cut(await lines());
  await until(() => one.heard.length > 0, 'what was missed');

  expect(one.heard).toEqual(['grid:missed 7']);
  expect(await lines('')).toHaveLength(1);
});

test('offices in one database do not hear each other', async () => {
  await sql`create schema office_b`.execute(deps.db);
  const [one, same] = [openPokes(), openPokes()];
  const [stranger, neighbour] = [openPokes('office_b'), openPokes('office_b')];
  await linesAre(4);
  one.pokes.publish('office', 2);
  await until(() => same.heard.length === 1, 'the poke of the same office');
  // Its own office's poke comes behind whatever else was on its way to it.
  neighbour.pokes.publish('office', 9);
  await until(() => stranger.heard.includes('office 9'), 'the poke of its own office');

  expect(stranger.heard).toEqual(['office 9']);
});
