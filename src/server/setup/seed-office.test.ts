import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDependencies, type TestDependencies } from '../../../tests/support/test-dependencies.ts';
import { readRecord } from '../sync/read-record.ts';
import { prepareSetup } from './prepare-setup.ts';
import { seedOffice } from './seed-office.ts';

let deps: TestDependencies;

beforeEach(async () => {
  deps = await createTestDependencies();
});
afterEach(() => deps.close());

const storedHash = async () =>
  (await deps.db.selectFrom('server').select('setup_token_hash').executeTakeFirstOrThrow()).setup_token_hash;

test('an empty database gets a link whose token is stored as a hash alone', async () => {
  const link = await prepareSetup(deps);
  const token = link?.split('#')[1];

  expect(link).toMatch(/^http:\/\/localhost:8080\/setup#[\w-]{43}$/);
  expect(await storedHash()).toMatch(/^[0-9a-f]{64}$/);
  expect(await storedHash()).not.toContain(token);
});

test('a seeded office has the whole catalogue with pinyin, and needs no link', async () => {
  await seedOffice(deps, { name: '望江街道', phone: '0571-00000000' });
  const office = await readRecord(deps.db, 'office', 'office', 'office');
  const catalogue = await readRecord(deps.db, 'office', 'catalogue', 'v1');
  const items = catalogue?.data.classes.flatMap((one) => one.items) ?? [];

  expect(office?.data).toMatchObject({ name: '望江街道', catalogueVersion: 1 });
  expect(catalogue?.data.classes).toHaveLength(15);
  expect(items).toHaveLength(118);
  expect(items.filter(({ pinyin, initials }) => !pinyin || !initials)).toEqual([]);
  expect(await prepareSetup(deps)).toBeNull();
});

test('a seed that is begun again changes nothing', async () => {
  await seedOffice(deps, { name: '望江街道', phone: '' });
  const before = await deps.db.selectFrom('space').selectAll().execute();
  await seedOffice(deps, { name: '望江街道', phone: '' });

  expect(await deps.db.selectFrom('space').selectAll().execute()).toEqual(before);
});
