import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cursor, Page, SyncRequest } from '../../src/protocol/sync-messages.ts';
import { beginRun } from '../../src/server/history/begin-run.ts';
import { handleSync } from '../../src/server/sync/handle-sync.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';

const SPACE = 'grid:g1';
/** Which nobody carries. */
const CONTACTS = 'contact:g1';

let deps: TestDependencies;
let phone: SyncPhone;
let count = 0;

beforeEach(async () => {
  deps = await createTestDependencies({ rules: sampleRules });
  await addPlaces(deps);
  const { session } = await addMember(deps, 'm1', { volunteer: ['g1'] });
  phone = new SyncPhone('m1', (request) => handleSync(deps, session, request, 2));
});
afterEach(() => deps.close());

const start = (run: string) => deps.db.transaction().execute((trx) => beginRun(trx, run));
async function write(space = SPACE): Promise<void> {
  await phone.push(space, phone.mutation(space, 'sample.create', { id: `v${++count}`, text: 'x' }));
}
const ask = (pull: Partial<SyncRequest['pull'][number]>) =>
  phone.send({ pull: [{ space: SPACE, cursor: null, upTo: null, receiptsAfter: 0, rows: true, ...pull }] });
const lastOf = async (): Promise<Page> => (await phone.pullAll(SPACE)).pages.at(-1)!;
const beyond = ({ ver, id }: Cursor): Cursor => ({ ver: ver + 1, id });

test('[RS6] a phone that was here in an older run goes on where it stood, until that run ended', async () => {
  await start('run-0001');
  await write();
  const { cursor, upTo } = await lastOf();
  expect(cursor.id).toMatch(/!run-0001$/);
  await start('run-0002');
  await write();
  await write();

  const { pages, resets } = await ask({ cursor });
  expect([pages[0]?.rows.length, resets]).toEqual([2, []]);
  expect(pages[0]?.cursor.id).toMatch(/!run-0002$/);
  // A phone that has seen one version more of the first run, which the server has reached in the second.
  const gone = [{ space: SPACE, reason: 'epoch' }];
  expect((await ask({ cursor: beyond(cursor) })).resets).toEqual(gone);
  expect((await ask({ cursor, upTo: upTo + 1 })).resets).toEqual(gone);
  expect((await ask({ cursor, receiptsAfter: upTo + 1 })).resets).toEqual(gone);
  expect((await ask({ cursor, receiptsAfter: upTo })).resets).toEqual([]);
});

test('[RS6] a run that never was here is of a history that is gone, at whatever version', async () => {
  await write();
  await start('run-0001');
  await write();
  const { cursor } = await lastOf();
  const other = { ...cursor, id: cursor.id.replace('run-0001', 'run-gone') };

  expect((await ask({ cursor: { ...other, ver: 1 } })).resets).toEqual([{ space: SPACE, reason: 'epoch' }]);
  // What an older version gave out says nothing of it.
  expect((await ask({ cursor: { ...other, id: '~/' } })).resets).toEqual([]);
});

test('[RS6] a cursor in the midst of a pull belongs to its run as well', async () => {
  await start('run-0001');
  for (let n = 0; n < 3; n++) await write();
  const first = (await ask({})).pages[0]!;
  expect(first.done).toBe(false);
  await start('run-0002');

  const { pages } = await ask({ cursor: first.cursor, upTo: first.upTo });
  expect(pages[0]).toMatchObject({ done: true, rows: [{ id: `v${count}` }] });
  expect((await ask({ cursor: first.cursor, upTo: first.upTo + 1 })).resets).toHaveLength(1);
});

test('[RS6] where nothing but the word of the server comes, the cursor says of which run that is, and no version', async () => {
  await start('run-0001');
  await write(CONTACTS);
  await write(CONTACTS);
  const only = { space: CONTACTS, rows: false };
  const { pages } = await ask(only);
  const [page] = pages;
  expect(page).toMatchObject({ cursor: { ver: 0 }, lastSeq: 2, rows: [] });
  const heard = page!.cursor;
  await start('run-0002');
  await write(CONTACTS);

  expect((await ask({ ...only, cursor: heard, receiptsAfter: 2 })).pages[0]?.receipts).toHaveLength(1);
  expect((await ask({ ...only, cursor: heard, receiptsAfter: 3 })).resets).toEqual([
    { space: CONTACTS, reason: 'epoch' },
  ]);
});

test('[RS6] a pull up to a version that was left behind while it was read knows of the later one', async () => {
  await start('run-0001');
  for (let n = 0; n < 3; n++) await write();
  const first = (await ask({})).pages[0]!;
  await write();
  const last = (await ask({ cursor: first.cursor, upTo: first.upTo })).pages[0]!;
  expect(last).toMatchObject({ done: true, cursor: { ver: first.upTo }, digest: null });

  // As if the database had been put back, with its marks, to where it stood before the fourth.
  await start('run-0002');
  await deps.db.updateTable('run_space').set({ ver: first.upTo }).where('space', '=', SPACE).execute();
  expect((await ask({ cursor: last.cursor })).resets).toEqual([{ space: SPACE, reason: 'epoch' }]);
});
