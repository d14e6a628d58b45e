import { expect, test } from 'vitest';
import { createTestDependencies } from '../../../tests/support/test-dependencies.ts';
import { OFFICE } from '../../domain/space/space.ts';
import { seedOffice } from '../setup/seed-office.ts';
import { contentDigest } from './0004-content-digest.ts';

test('the digests of a database from before are those that its writes would have given', async () => {
  const deps = await createTestDependencies();
  await seedOffice(deps, { name: '望江街道', phone: '' });
  const digests = () => deps.db.selectFrom('space').select(['id', 'digest']).orderBy('id').execute();
  const kept = await digests();
  await deps.db.updateTable('space').set({ digest: 'ffffffffffffffff' }).execute();
  await contentDigest.up(deps.db);
  expect(await digests()).toEqual(kept);
  expect(kept.map(({ id }) => id)).toContain(OFFICE);
  await deps.close();
});
