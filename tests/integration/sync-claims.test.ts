import { afterEach, beforeEach, expect, test } from 'vitest';
import { handleSync } from '../../src/server/sync/handle-sync.ts';
import { readRecord, readRecords } from '../../src/server/sync/read-record.ts';
import { sampleRules } from '../support/sample-rules.ts';
import { addMember, addPlaces } from '../support/sample-world.ts';
import { SyncPhone } from '../support/sync-phone.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';

const WALL = 'wall:c1';

let deps: TestDependencies;

beforeEach(async () => {
  deps = await createTestDependencies({ rules: sampleRules });
  await addPlaces(deps);
});
afterEach(() => deps.close());

async function addClaimer(n: number): Promise<SyncPhone> {
  const { session } = await addMember(deps, `m${n}`, { claimer: true }, `党员${n}`);
  return new SyncPhone(`m${n}`, (request) => handleSync(deps, session, request), { clock: deps.now() });
}

test('I5, I6: of a hundred who claim one wish at once one wins, and the others are told by name and time', async () => {
  const phones: SyncPhone[] = [];
  for (let n = 0; n < 100; n++) phones.push(await addClaimer(n));
  const [first] = phones;
  await first?.push(WALL, first.mutation(WALL, 'sample.open', { id: 'card' }));

  const answers = await Promise.all(
    phones.map((phone) => phone.push(WALL, phone.mutation(WALL, 'sample.claim', { id: 'card' }))),
  );

  const receipts = answers.flatMap(({ pushed }) => pushed.flatMap((result) => result.receipts));
  const card = (await readRecord(deps.db, WALL, 'card', 'card'))?.data;
  const winner = card?.claim;
  expect(receipts.filter(({ status }) => status === 'applied')).toHaveLength(1);
  expect(receipts.find(({ status }) => status === 'applied')?.mid).toBe(winner?.mid);
  const lost = receipts.filter(({ status }) => status === 'rejected');
  expect(lost).toHaveLength(99);
  for (const { code, data } of lost) {
    expect(code).toBe('claimTaken');
    expect(data).toEqual({ winnerName: winner?.name, at: winner?.at });
  }
  for (let n = 0; n < 100; n++) {
    const notices = await readRecords(deps.db, `member:m${n}`, 'notice');
    const expected = winner?.memberId === `m${n}` ? [] : [{ type: 'claimLost', params: { winnerName: winner?.name } }];
    expect(notices.map(({ data }) => data)).toMatchObject(expected);
  }
});

test('I6: the notice reaches the loser’s other device, and not twice when the claim is sent again', async () => {
  const [winner, loser] = [await addClaimer(1), await addClaimer(2)];
  await winner.push(
    WALL,
    winner.mutation(WALL, 'sample.open', { id: 'card' }),
    winner.mutation(WALL, 'sample.claim', { id: 'card' }),
  );
  const late = loser.mutation(WALL, 'sample.claim', { id: 'card' });
  await loser.push(WALL, late);
  await loser.push(WALL, late);
  loser.client = 'another-device';
  const { rows } = await loser.pullAll('member:m2');

  expect(rows).toMatchObject([{ k: 'notice', d: { type: 'claimLost', params: { winnerName: '党员1' } } }]);
});

test('I23: who is no claimer any more when the claim arrives does not get the wish', async () => {
  const phone = await addClaimer(1);
  await phone.push(WALL, phone.mutation(WALL, 'sample.open', { id: 'card' }));
  const claim = phone.mutation(WALL, 'sample.claim', { id: 'card' });
  await deps.db
    .updateTable('member')
    .set({ roles: JSON.stringify({ volunteer: [], claimer: false, unit: null, coordinator: [], admin: false }) })
    .execute();
  const { pushed } = await phone.push(WALL, claim);

  expect(pushed[0]?.receipts).toMatchObject([{ status: 'rejected', code: 'forbidden' }]);
  expect((await readRecord(deps.db, WALL, 'card', 'card'))?.data.claim).toBeNull();
});

test('a claim’s end is noted with the card and goes with it', async () => {
  const phone = await addClaimer(1);
  await phone.push(
    WALL,
    phone.mutation(WALL, 'sample.open', { id: 'card' }),
    phone.mutation(WALL, 'sample.claim', { id: 'card' }),
  );
  const card = (await readRecord(deps.db, WALL, 'card', 'card'))?.data;
  const due = await deps.db.selectFrom('claim_due').selectAll().execute();
  await phone.push(WALL, phone.mutation(WALL, 'sample.open', { id: 'card' }));

  expect(due).toEqual([{ space: WALL, card_id: 'card', claim_mid: card?.claim?.mid, due_at: card?.claim?.expiresAt }]);
  expect(await deps.db.selectFrom('claim_due').selectAll().execute()).toEqual([]);
});
