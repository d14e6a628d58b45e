import { expect, test } from 'vitest';
import { indexes } from '../domain/record/indexes.ts';
import { idleEngineMemory } from '../../tests/support/idle-engine-memory.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { OutboxRow } from './outbox-port.ts';
import { statusOf, waitingList } from './waiting-list.ts';

const held = (mid: string): OutboxRow => ({
  seq: Number(mid.slice(1)),
  mid,
  space: 'grid:g',
  name: 'ticket.log',
  v: 1,
  args: {},
  at: 1,
  saveId: mid,
  about: null,
  settledAt: 2,
  asideAt: null,
});

function phone(): EngineMemory {
  const memory = idleEngineMemory('me', indexes);
  memory.rows = ['m1', 'm2', 'm3'].map(held);
  for (const { mid, seq, space } of memory.rows) {
    memory.receipts.set(mid, { space, seq, mid, status: 'quarantined', code: 'noAccess', data: {}, ver: 1 });
  }
  const notice = (id: string, type: string, params: object) => ({
    k: 'notice',
    id,
    ver: 1,
    d: { type, at: 3, readAt: null, about: null, params },
  });
  memory
    .base('member:me')
    .apply([
      notice('n1', 'heldAccepted', { mid: 'm1' }),
      notice('n2', 'heldReturned', { mid: 'm2', reason: '已经修好了' }),
      notice('n3', 'ticketReturned', { mid: 'm3', reason: '缺楼层' }),
    ]);
  return memory;
}

test('[RC4] what a coordinator took in is delivered, what was sent back says why, what is undecided waits', () => {
  const told = waitingList(phone()).map(({ row, state, decision }) => [row.mid, state, decision?.as, decision?.reason]);
  expect(told).toEqual([
    ['m3', 'attention', undefined, undefined],
    ['m2', 'attention', 'returned', '已经修好了'],
    ['m1', 'delivered', 'accepted', ''],
  ]);
});

test('[RC4] of what was sent back and taken up again the last word counts, in whatever order they came', () => {
  const memory = phone();
  const later = { type: 'heldAccepted', at: 4, readAt: null, about: null, params: { mid: 'm2' } };
  const earlier = { type: 'heldReturned', at: 2, readAt: null, about: null, params: { mid: 'm1', reason: '写错了' } };
  memory.base('member:me').apply([
    { k: 'notice', id: 'a', ver: 2, d: later },
    { k: 'notice', id: 'z', ver: 2, d: earlier },
  ]);
  expect(waitingList(memory).map(({ row, state }) => [row.mid, state])).toEqual([
    ['m3', 'attention'],
    ['m2', 'delivered'],
    ['m1', 'delivered'],
  ]);
});

test('[RC4] the counter of 需处理 counts what was sent back, and no longer what was taken in', () => {
  expect(statusOf(phone(), 'idle', null, null).attention).toBe(2);
});
