import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Receipt } from '../../src/protocol/sync-messages.ts';
import { insertReceipts, readLastSeqAt, readReceipts } from '../../src/server/sync/receipts.ts';
import { createTestDependencies, type TestDependencies } from '../support/test-dependencies.ts';

const SPACE = 'grid:g1';
const LAST = 700;

/** Runs of one, two and more in a version, and versions of others in between. */
const verOf = (seq: number): number => 3 * Math.floor(Math.sqrt(seq));
const receipts = Array.from({ length: LAST }, (_, n): Receipt => {
  const seq = n + 1;
  return { seq, mid: `mid-${seq}`, status: 'applied', code: '', data: {}, ver: verOf(seq) };
});

let deps: TestDependencies;

const store = (client: string, space: string, of: readonly Receipt[]): Promise<void> =>
  deps.db.transaction().execute((trx) => insertReceipts(trx, client, space, of, deps.now()));

beforeAll(async () => {
  deps = await createTestDependencies();
  await store('client-1', SPACE, receipts);
  await store('client-1', 'grid:g2', receipts.slice(0, 5));
  await store('client-2', SPACE, receipts.slice(0, 5));
});
afterAll(() => deps.close());

test.each([
  [0, 1000],
  [0, 30],
  [78, 1000],
  [77, 78],
  [76, 78],
  [30, 60],
  [60, 60],
  [1000, 1000],
])(
  'RC1: the receipts of the versions behind %i up to %i are those, in the order of their seqs',
  async (after, upTo) => {
    const wanted = receipts.filter(({ ver }) => ver > after && ver <= upTo);

    expect(await readReceipts(deps.db, 'client-1', SPACE, after, upTo)).toEqual(wanted);
    expect(await readReceipts(deps.db, 'client-3', SPACE, after, upTo)).toEqual([]);
  },
);

test.each([0, 2, 3, 5, 40, 78, 1000])('RC2: up to version %i a page claims no mutation of a later one', async (ver) => {
  const last = receipts.findLast((receipt) => receipt.ver <= ver)?.seq ?? 0;

  expect(await readLastSeqAt(deps.db, 'client-1', SPACE, ver)).toBe(last);
  expect(await readLastSeqAt(deps.db, 'client-3', SPACE, ver)).toBe(0);
});
