import { expect, test } from 'vitest';
import type { Notice } from '../../../domain/notice/notice.ts';
import type { Waiting } from '../../../sync/engine-api.ts';
import { lostClaimOf } from './lost-claim.ts';

const notice = (over: Partial<Notice>): Notice => ({
  type: 'claimLost',
  at: 50,
  readAt: null,
  about: { space: 'wall:c', kind: 'card', id: 'card-1' },
  params: { winnerName: '李伟', at: 40, cardText: '纱窗' },
  ...over,
});

const refused: Waiting = {
  row: {
    mid: 'm',
    space: 'wall:c',
    seq: 1,
    name: 'claim.take',
    v: 1,
    args: { cardId: 'card-1' },
    at: 60,
    saveId: 's',
    about: { kind: 'card', id: 'card-1' },
    asideAt: null,
    settledAt: null,
  },
  state: 'attention',
  receipt: {
    seq: 1,
    mid: 'm',
    status: 'rejected',
    code: 'claimTaken',
    data: { winnerName: '王芳', at: 55 },
    ver: 3,
  },
};

test('a notice about the card says who and when', () => {
  expect(lostClaimOf('card-1', [notice({})], [])).toEqual({ winner: '李伟', at: 40 });
});

test('notices of other cards and of other kinds say nothing here', () => {
  expect(lostClaimOf('card-2', [notice({})], [])).toBeUndefined();
  expect(lostClaimOf('card-1', [notice({ type: 'claimExpired' })], [])).toBeUndefined();
});

test('the receipt on the phone that claimed is enough, and the newest counts', () => {
  expect(lostClaimOf('card-1', [], [refused])).toEqual({ winner: '王芳', at: 55 });
  expect(lostClaimOf('card-1', [notice({})], [refused])).toEqual({ winner: '王芳', at: 55 });
});
