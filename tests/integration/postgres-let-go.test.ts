import { sql } from 'kysely';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noteLetGo } from '../../src/server/desk/note-let-go.ts';
import { addMember, addPlaces } from '../support/sample-world.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';
import { until } from '../support/until.ts';

let deps: TestDependencies;
let other: Client;
beforeEach(async () => {
  deps = await createTestDependencies();
  await addPlaces(deps);
  await addMember(deps, 'm1', { volunteer: ['g1'] });
  const now = deps.now();
  const seen = { build: 'test', pending: 0, first_seen_at: now, last_seen_at: now };
  const waiting = { pending_media: 0, pending_sounds: 0 };
  await deps.db
    .insertInto('client')
    .values({ id: 'c1', member_id: 'm1', ...seen, ...waiting })
    .execute();
  // They lie in the table the other way round than by their id.
  for (const id of ['h3', 'h2', 'h1']) await hold(id);
  other = new Client(deps.databaseUrl ?? '');
  await other.connect();
});
afterEach(async () => {
  await other.end();
  await deps.close();
});

const hold = (id: string) =>
  deps.db
    .insertInto('held')
    .values({
      id,
      client: 'c1',
      member_id: 'm1',
      member_name: 'm1',
      space: 'grid:g1',
      mid: id,
      mutation: 'sample.create',
      version: 1,
      args: '{}',
      reason: 'noAccess',
      at: 0,
      device_at: 0,
      received_at: 0,
    })
    .execute();

const isWaiting = async (): Promise<boolean> => {
  const { rows } = await sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(deps.db);
  return rows.length > 0;
};

test('[RV1] two requests of an ended phone that come at once do not stand in the way of each other', async () => {
  await other.query('begin');
  await other.query("update held set let_go_at = 1 where id = 'h1'");
  const noting = noteLetGo(deps.db, ['c1'], 2);
  noting.catch(() => undefined);
  await until(isWaiting, 'the wait for the first row');
  await other.query("update held set resolution = 'returned' where id = 'h2'");
  await other.query("update held set let_go_at = 1 where id = 'h3'");
  await other.query('commit');
  await noting;
  // What was sent back just then is written down as well.
  const held = await deps.db.selectFrom('held').select('let_go_at').orderBy('id').execute();
  expect(held.map(({ let_go_at }) => let_go_at)).toEqual([1, 2, 1]);
});
