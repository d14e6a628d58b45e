import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SyncRequest, SyncResponse } from '../../src/protocol/sync-messages.ts';
import { handleSync } from '../../src/server/sync/handle-sync.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { createTestDependencies, onPostgres, type TestDependencies } from '../support/test-dependencies.ts';

const SPACE = 'grid:g1';
const WHOLE: SyncRequest['pull'][number] = { space: SPACE, cursor: null, upTo: null, receiptsAfter: 0, rows: true };

let deps: TestDependencies;

beforeEach(async () => {
  deps = await createTestDependencies({ rules: sampleRules });
  await addPlaces(deps);
});
afterEach(() => deps.close());

async function phoneOf(member: string): Promise<SyncPhone> {
  const { session } = await addMember(deps, member, { volunteer: ['g1'] });
  return new SyncPhone(member, (request) => handleSync(deps, session, request));
}

/** One request that pushes and pulls. */
const hand = (phone: SyncPhone, id: string, pull: SyncRequest['pull'] = [WHOLE]): Promise<SyncResponse> =>
  phone.send({ push: [{ space: SPACE, mutations: [phone.mutation(SPACE, 'sample.create', { id, text: id })] }], pull });

const idsOf = ({ pages }: SyncResponse): string[] => (pages[0]?.rows ?? []).map(({ id }) => id).sort();
const verOf = ({ allowed }: SyncResponse): number | undefined => allowed.find(({ id }) => id === SPACE)?.ver;

test('an answer holds what its own push has made; over SQLite also what others did in the same moment', async () => {
  const phones = await Promise.all(['m1', 'm2', 'm3'].map(phoneOf));
  const answers = await Promise.all(phones.map((phone, n) => hand(phone, `v${n}`)));

  for (const [n, answer] of answers.entries()) {
    expect(answer.pushed[0]?.receipts).toMatchObject([{ status: 'applied' }]);
    expect(answer.pages[0]?.receipts).toMatchObject([{ seq: 1, status: 'applied' }]);
    expect(idsOf(answer)).toContain(`v${n}`);
    expect(verOf(answer)).toBe(answer.pages[0]?.upTo);
  }
  if (onPostgres()) return;
  expect(answers.map(idsOf)).toEqual(answers.map(() => ['v0', 'v1', 'v2']));
  expect(answers.map(verOf)).toEqual([3, 3, 3]);
});

test('of a push of several spaces the answer is read after the last of them', async () => {
  const phone = await phoneOf('m1');
  const mutations = (space: string, id: string) => [phone.mutation(space, 'sample.create', { id, text: id })];
  const member = 'member:m1';
  const { pages } = await phone.send({
    push: [SPACE, member].map((space) => ({ space, mutations: mutations(space, `in ${space}`) })),
    pull: [WHOLE, { ...WHOLE, space: member }],
  });

  expect(pages.map(({ lastSeq }) => lastSeq)).toEqual([1, 1]);
});

test('what only reads undoes nothing where it fails: it is read once more by itself', async () => {
  const phone = await phoneOf('m1');
  let reads = 0;
  const failsOnce = [WHOLE];
  failsOnce[Symbol.iterator] = () => {
    reads += 1;
    if (reads === 1) throw new Error('not now');
    return [WHOLE][Symbol.iterator]();
  };
  const asked = hand(phone, 'v1', failsOnce);
  if (onPostgres()) return expect(asked).rejects.toThrow('not now');
  const answer = await asked;

  expect(reads).toBe(2);
  expect(answer.pushed[0]).toMatchObject({ stop: null, receipts: [{ status: 'applied', ver: 1 }] });
  expect(idsOf(answer)).toEqual(['v1']);
  expect((await deps.metrics.databaseFaults.get()).values).toEqual([]);
});
