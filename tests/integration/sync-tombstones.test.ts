import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Page, PushedMutation, SyncRequest } from '../../src/protocol/sync-messages.ts';
import { collectTombstones, TOMBSTONE_DAYS } from '../../src/server/sync/collect-tombstones.ts';
import { handleSync } from '../../src/server/sync/handle-sync.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';

const SPACE = 'grid:g1';
const PAGE = 3;

let deps: TestDependencies;
let phone: SyncPhone;

beforeEach(async () => {
  deps = await createTestDependencies({ rules: sampleRules });
  await addPlaces(deps);
  const { session } = await addMember(deps, 'm1', { volunteer: ['g1'] });
  phone = new SyncPhone('m1', (request) => handleSync(deps, session, request, PAGE));
});
afterEach(() => deps.close());

const mutation = (name: string, id: string): PushedMutation =>
  phone.mutation(SPACE, `sample.${name}`, name === 'remove' ? { id } : { id, text: 'x' });
/** Each in a version of its own. */
async function each(name: string, ...ids: string[]): Promise<void> {
  for (const id of ids) await phone.push(SPACE, mutation(name, id));
}
/** Every tombstone that there is goes now, however young. */
const collect = async (): Promise<void> => {
  expect(await collectTombstones(deps, deps.now() + 1)).toBeGreaterThan(0);
};
const ask = (pull: Partial<SyncRequest['pull'][number]>) =>
  phone.send({ pull: [{ space: SPACE, cursor: null, upTo: null, receiptsAfter: 0, rows: true, ...pull }] });
const next = ({ cursor, upTo }: Page) => ask({ cursor, upTo });
const firstPage = async (from: Page['cursor'] | null): Promise<Page> => (await ask({ cursor: from })).pages[0]!;

/** A phone that has five records, of which the last is then deleted behind a page of changes. */
async function behindAPage(): Promise<Page> {
  await each('create', 'v1', 'v2', 'v3', 'v4', 'v5');
  const { pages } = await phone.pullAll(SPACE);
  await each('append', 'v1', 'v2', 'v3');
  await each('remove', 'v5');
  return firstPage(pages.at(-1)!.cursor);
}

test('a pull begins anew where a tombstone goes that it has not come to', async () => {
  const page = await behindAPage();
  expect(page).toMatchObject({ done: false, rows: [{ id: 'v1' }, { id: 'v2' }, { id: 'v3' }] });
  await collect();

  expect((await next(page)).resets).toEqual([{ space: SPACE, reason: 'gc' }]);
});

test('a pull goes on where what has gone lies before it', async () => {
  await each('create', 'v1', 'v2', 'v3', 'v4');
  const { pages } = await phone.pullAll(SPACE);
  await each('remove', 'v4');
  await each('append', 'v1', 'v2', 'v3');
  const page = await firstPage(pages.at(-1)!.cursor);
  expect(page.rows).toHaveLength(PAGE);
  await collect();

  expect(await next(page)).toMatchObject({ resets: [], pages: [{ done: true }] });
});

test('a first pull goes on, whatever went of what was deleted before it began', async () => {
  await each('create', 'v1', 'v2', 'v3', 'v4', 'v5');
  await each('remove', 'v5');
  const page = await firstPage(null);
  await collect();

  expect(await next(page)).toMatchObject({ resets: [], pages: [{ done: true, rows: [{ id: 'v4' }] }] });
});

test('a first pull begins anew where something went that was deleted while it was under way', async () => {
  await each('create', 'v1', 'v2', 'v3', 'v4', 'v5');
  const page = await firstPage(null);
  await each('remove', 'v1');
  await collect();

  expect((await next(page)).resets).toEqual([{ space: SPACE, reason: 'gc' }]);
});

test('a cursor that an older server gave out does not say what may be gone: once more from the beginning', async () => {
  const page = await behindAPage();
  await collect();
  const cursor = { ...page.cursor, id: page.cursor.id.replace(/^.*:/, '') };

  expect((await next({ ...page, cursor })).resets).toEqual([{ space: SPACE, reason: 'gc' }]);
});

const DAY_MS = 24 * 3600 * 1000;
const deletedIds = async (): Promise<string[]> =>
  (await deps.db.selectFrom('record').select('id').where('deleted', '=', 1).orderBy('ver').execute()).map(
    ({ id }) => id,
  );

test('[PL7] tombstones go after half a year: who has read them goes on, who slept through begins anew', async () => {
  await each('create', 'v1', 'v2', 'v3', 'v4');
  const asleep = (await phone.pullAll(SPACE)).pages.at(-1)!.cursor;
  await each('remove', 'v1', 'v2');
  const awake = (await phone.pullAll(SPACE)).pages.at(-1)!.cursor;
  deps.advance(TOMBSTONE_DAYS * DAY_MS);
  await each('remove', 'v3');
  deps.advance(1);

  expect(await collectTombstones(deps)).toBe(2);
  expect(await deletedIds()).toEqual(['v3']);
  expect((await ask({ cursor: asleep })).resets).toEqual([{ space: SPACE, reason: 'gc' }]);
  expect((await ask({ cursor: awake })).pages[0]!.rows).toMatchObject([{ id: 'v3' }]);
  expect(await collectTombstones(deps)).toBe(0);
});

test('[PL7] what was written again in the moment in which its tombstone was to go stays', async () => {
  await each('create', 'v1', 'v2');
  await each('remove', 'v1', 'v2');
  deps.advance(TOMBSTONE_DAYS * DAY_MS + 1);
  const both = [collectTombstones(deps), phone.push(SPACE, mutation('create', 'v1'))];
  await Promise.all(both);

  const live = await deps.db
    .selectFrom('record')
    .select('id')
    .where('space', '=', SPACE)
    .where('deleted', '=', 0)
    .execute();
  expect(live.map(({ id }) => id)).toContain('v1');
  expect((await phone.pullAll(SPACE)).rows).toMatchObject([{ id: 'v1' }]);
});
