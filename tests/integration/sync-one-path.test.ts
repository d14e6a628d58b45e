import { afterEach, beforeEach, expect, test } from 'vitest';
import { isLasting } from '../../src/server/db/database-fault.ts';
import { handleSync } from '../../src/server/sync/handle-sync.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';

let deps: TestDependencies;

beforeEach(async () => {
  deps = await createTestDependencies({ rules: sampleRules });
  await addPlaces(deps);
  const { session } = await addMember(deps, 'm1', { volunteer: ['g1'] });
  const phone = new SyncPhone('m1', (request) => handleSync(deps, session, request));
  const create = (id: string) => phone.mutation('grid:g1', 'sample.create', { id, text: 'a' });
  await phone.push('grid:g1', create('v1'));
  await phone.push('grid:g1', create('v2'));
});
afterEach(() => deps.close());

const insert = (ver: number) =>
  deps.db
    .insertInto('record')
    .values({ space: 'grid:g1', kind: 'visit', id: 'beside', ver, deleted: 0, data: '{}', updated_at: 0 })
    .execute();
const update = (id: string, change: { data?: string; ver?: number }) =>
  deps.db.updateTable('record').set(change).where('space', '=', 'grid:g1').where('id', '=', id).execute();

const refused = [
  { what: 'a new row with a version that its space has left behind', write: () => insert(1) },
  { what: 'a new row with a version that its space does not have yet', write: () => insert(3) },
  { what: 'a change that keeps an old version', write: () => update('v1', { data: '{}' }) },
  { what: 'a change that keeps even the newest version', write: () => update('v2', { data: '{}' }) },
  { what: 'a change with a version that nobody gave out', write: () => update('v2', { ver: 3 }) },
];

test.each(refused)('the database refuses $what: no phone would ever see it', async ({ write }) => {
  const before = await deps.db.selectFrom('record').selectAll().orderBy('space').orderBy('id').execute();
  const error: unknown = await write().catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(Error);
  expect(isLasting(error)).toBe(true);
  expect(await deps.db.selectFrom('record').selectAll().orderBy('space').orderBy('id').execute()).toEqual(before);
});
