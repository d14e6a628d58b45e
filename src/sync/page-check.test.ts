import { expect, test } from 'vitest';
import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { Page, Receipt } from '../protocol/sync-messages.ts';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import { emptySpace } from './empty-cache.ts';
import type { EngineMemory } from './engine-memory.ts';
import { checkLastPage } from './page-check.ts';

const SPACE = 'grid:1';

/** A phone that has written m1, m2, m3 to one space and knows that m1 is settled. */
function phone(cursor: Page['from']): EngineMemory {
  const memory = idleEngineMemory('m', {} as IndexRegistry);
  const written = { space: SPACE, name: 'n', v: 1, args: {}, at: 1, saveId: 's', about: null, asideAt: null };
  memory.rows = [1, 2, 3].map((seq) => ({ ...written, mid: `m${seq}`, seq, settledAt: seq === 1 ? 5 : null }));
  memory.meta = {
    clientId: 'c',
    bornAs: 'c',
    formerId: null,
    lastContactAt: null,
    leftOut: [],
    signIn: null,
    seqs: { [SPACE]: 3 },
  };
  memory.spaces.set(SPACE, { ...emptySpace(SPACE), cursor, appliedSeq: 1, receiptsAfter: 4 });
  return memory;
}

const receipt = (seq: number, ver: number, mid = `m${seq}`): Receipt => ({
  seq,
  mid,
  status: 'applied',
  code: '',
  data: {},
  ver,
});

const check = (
  lastSeq: number,
  receipts: Receipt[],
  pushed: Receipt[] = [],
  {
    pinned = true,
    from = { ver: 4, id: '~/' },
    rows = true,
  }: { pinned?: boolean; from?: Page['from']; rows?: boolean } = {},
) => {
  const upTo = 9;
  const page: Page = {
    space: SPACE,
    from,
    rows: [],
    cursor: { ver: upTo, id: '~/' },
    upTo,
    done: true,
    lastSeq,
    receipts,
    digest: null,
  };
  return checkLastPage(phone(from), page, lastSeq, { pushed, pinned, rows });
};

test('[RC2] what has its own receipt within the page is applied', () => {
  expect(check(3, [receipt(2, 8), receipt(3, 9)])).toEqual({ type: 'ok', appliedSeq: 3, receiptsAfter: 9 });
  expect(check(1, [])).toEqual({ type: 'ok', appliedSeq: 1, receiptsAfter: 4 });
});

test('[RS6] what begins anew goes on from the words that it heard, not from those of before', () => {
  expect(check(1, [receipt(1, 2)], [], { from: null })).toMatchObject({ receiptsAfter: 2 });
  expect(check(1, [], [], { from: null })).toMatchObject({ receiptsAfter: 0 });
  expect(check(1, [], [], { from: null, rows: false })).toMatchObject({ receiptsAfter: 4 });
});

test('[RC2] without its own receipt a mutation is not taken for applied, however far the server has come', () => {
  expect(check(3, [receipt(3, 9)])).toMatchObject({ type: 'ok', appliedSeq: 1 });
});

test('[RC2] what was settled behind the version that this pull is pinned to is not in its rows yet', () => {
  expect(check(3, [receipt(2, 8)], [receipt(3, 12)])).toMatchObject({ type: 'ok', appliedSeq: 2, receiptsAfter: 8 });
  expect(check(2, [receipt(2, 8)], [receipt(3, 12)])).toMatchObject({ type: 'ok', appliedSeq: 2 });
});

test('[RS2] a page that is not pinned says all that the server knows: what was settled behind its end is lost', () => {
  expect(check(2, [receipt(2, 8)], [receipt(3, 12)], { pinned: false })).toEqual({ type: 'loss' });
  expect(check(3, [receipt(2, 8), receipt(3, 9)], [], { pinned: false })).toMatchObject({ type: 'ok', appliedSeq: 3 });
});

test('[FK1] a receipt of our seq with another mid, or a seq that we never gave, is of a phone with our client id', () => {
  expect(check(3, [receipt(2, 8, 'theirs')])).toEqual({ type: 'fork' });
  expect(check(1, [receipt(1, 3, 'theirs')])).toEqual({ type: 'fork' });
  expect(check(4, [receipt(2, 8), receipt(3, 9)])).toEqual({ type: 'fork' });
});

test('[RS2] a server that is behind what it once confirmed has lost something', () => {
  expect(check(0, [])).toEqual({ type: 'loss' });
  expect(check(1, [], [receipt(2, 8)])).toEqual({ type: 'loss' });
});
