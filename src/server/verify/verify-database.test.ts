import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimDraft } from '../../../tests/support/factories.ts';
import { sampleRules } from '../../../tests/support/sample-rules.ts';
import { addMember, addPlaces } from '../../../tests/support/sample-world.ts';
import { SyncPhone } from '../../../tests/support/sync-phone.ts';
import { createTestDependencies, type TestDependencies } from '../../../tests/support/test-dependencies.ts';
import { isPostgres } from '../db/engine.ts';
import { handleSync } from '../sync/handle-sync.ts';
import { printChecks } from './print-checks.ts';
import { verifyDatabase } from './verify-database.ts';

let deps: TestDependencies;

beforeEach(async () => {
  deps = await createTestDependencies({ rules: sampleRules });
  await addPlaces(deps);
  const { session } = await addMember(deps, 'm1', { volunteer: ['g1'] });
  const phone = new SyncPhone('m1', (request) => handleSync(deps, session, request));
  const make = (id: string) => phone.mutation('grid:g1', 'sample.create', { id, text: 'a' });
  const asked = { ...phone.mutation('grid:g1', 'sample.create', { id: 'v3', text: 'c' }), quarantine: true };
  const unknown = { ...phone.mutation('grid:g1', claimDraft('c1', 'card').name, {}) };
  await phone.push('grid:g1', asked, unknown, ...['v1', 'v2'].map((id) => make(id)));
  const guards = isPostgres(deps.db)
    ? ['record_on_one_path on record']
    : ['record_insert_on_one_path', 'record_update_on_one_path'];
  for (const guard of guards) await sql.raw(`drop trigger ${guard}`).execute(deps.db);
});
afterEach(() => deps.close());

/** The names of the checks that find something. */
const faults = async (): Promise<string[]> =>
  (await verifyDatabase(deps.db, deps.now())).filter((check) => check.faults > 0).map(({ name }) => name);

test('a database that only the program wrote is sound', async () => {
  expect(await faults()).toEqual([]);
});

test.each([
  [`update record set data = '{"byName":"b"}' where id = 'v1'`, ['digests of spaces']],
  [`update record set data = '{' where id = 'v1'`, ['records can be read', 'digests of spaces']],
  [`delete from record where id = 'v1'`, ['digests of spaces']],
  [`update record set ver = 99 where id = 'v1'`, ['versions lie within their space', 'digests of spaces']],
  [`delete from receipt where seq = 2`, ['receipts are contiguous']],
  [`update client_space set last_seq = 9`, ['receipts are contiguous']],
  [`update receipt set ver = 99 where seq = 4`, ['receipts lie within their space, in its order']],
  [`delete from client`, ['receipts are of a known device']],
  [`delete from held`, ['what a receipt calls held is held']],
  [`insert into slip_code values ('ABCDEFGHJK', 'grid:g1', 's1')`, ['codes of slips (slip_code)']],
  [`insert into claim_due values ('wall:c1', 'card', 'mid', 5)`, ['days of claims (claim_due)']],
  [`insert into media_ref values ('ab', 'grid:g1', 'ticket', 't1')`, ['who needs which photo (media_ref)']],
  [`insert into record_home values ('grid:g1', 'visit', 'v1', 'grid:g2')`, ['where records have gone (record_home)']],
])('after %s it names what is wrong', async (damage, names) => {
  await sql.raw(damage).execute(deps.db);

  expect(await faults()).toEqual(names);
});

test('what is printed says where and what to do, and never a code', async () => {
  await sql`insert into slip_code values ('ABCDEFGHJK', 'grid:g1', 's1')`.execute(deps.db);
  const text = printChecks(await verifyDatabase(deps.db, deps.now()));

  expect(text).toMatch(/codes of slips \(slip_code\) +1 +1 wrong/);
  expect(text).toContain('grid:g1 s1');
  expect(text).not.toContain('ABCDEFGHJK');
});
