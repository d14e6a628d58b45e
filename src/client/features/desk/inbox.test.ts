import { expect, test } from 'vitest';
import { inboxOrder, neighbour, queueOf } from './inbox.ts';
import { ticketWith } from './ticket-for-tests.ts';

test('new and reopened tickets, accepted and resolved ones each have their queue', () => {
  const queue = (state: 'logged' | 'reopened' | 'accepted' | 'resolved' | 'closed') =>
    queueOf(ticketWith({ state }), '2026-11-23');
  expect([queue('logged'), queue('reopened'), queue('accepted'), queue('resolved'), queue('closed')]).toEqual([
    'new',
    'new',
    'assign',
    'followUp',
    null,
  ]);
});

test('a suspended ticket comes back on its review day, not before', () => {
  const ticket = ticketWith({ state: 'suspended', reviewOn: '2026-11-23' });
  expect(queueOf(ticket, '2026-11-22')).toBeNull();
  expect(queueOf(ticket, '2026-11-23')).toBe('review');
});

test('urgent comes first, then what is due first, then the tier, then the longest wait', () => {
  const plain = ticketWith({ text: 'plain', loggedAt: 2 });
  const waiting = ticketWith({ text: 'waiting', loggedAt: 1 });
  const tier = ticketWith({ text: 'tier', tier: 'P1', loggedAt: 9 });
  const due = ticketWith({ text: 'due', tier: 'P3', loggedAt: 9 });
  const urgent = ticketWith({ text: 'urgent', tier: 'P3', urgent: true, loggedAt: 9 });
  const order = inboxOrder(({ text }) => (text === 'due' ? 5 : text === 'urgent' ? 7 : Infinity));
  expect([plain, waiting, tier, due, urgent].toSorted(order).map(({ text }) => text)).toEqual([
    'urgent',
    'due',
    'tier',
    'waiting',
    'plain',
  ]);
});

test('moving on goes to the neighbour and stops at the ends', () => {
  expect(neighbour(['a', 'b', 'c'], 'b', 1, 1)).toBe('c');
  expect(neighbour(['a', 'b', 'c'], 'c', 2, 1)).toBe('c');
  expect(neighbour(['a', 'b', 'c'], 'a', 0, -1)).toBe('a');
});

test('after a ticket has left the list, the one in its place is next', () => {
  expect(neighbour(['a', 'c'], 'b', 1, 1)).toBe('c');
  expect(neighbour(['a', 'c'], 'b', 1, -1)).toBe('a');
  expect(neighbour([], 'b', 1, 1)).toBe('b');
});
