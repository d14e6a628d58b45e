import { expect, test } from 'vitest';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import type { ViewRecord } from '../../../sync/engine-api.ts';
import { mergeCandidates } from './merge-candidates.ts';
import { ticketWith } from './ticket-for-tests.ts';

const record = (id: string, over: Partial<Ticket>): ViewRecord<'ticket'> => ({
  space: 'grid:g1',
  kind: 'ticket',
  id,
  ver: 1,
  deleted: false,
  pending: false,
  data: ticketWith(over),
});
const own = { id: 'own', data: ticketWith({ kind: 'issue', item: 'LD05' }) };
const name = (code: string): string => (code === 'LD05' ? '楼道扶手松动' : '楼道堆物');

test('a ticket is offered neither itself, nor the other kind, nor what has ended', () => {
  const others = [
    record('own', { kind: 'issue', item: 'LD05' }),
    record('wish', { kind: 'wish' }),
    record('merged', { kind: 'issue', state: 'merged' }),
    record('closed', { kind: 'issue', state: 'closed' }),
    record('good', { kind: 'issue', state: 'accepted' }),
  ];
  expect(mergeCandidates(own, others, '', name).map((entry) => entry.id)).toEqual(['good']);
});

test('the same item stands first, then the same building, then the newest', () => {
  const far = ticketWith().place;
  const others = [
    record('new', { kind: 'issue', item: 'LD01', place: { ...far, buildingId: 'b9' }, loggedAt: 9 }),
    record('building', { kind: 'issue', item: 'LD01', loggedAt: 1 }),
    record('item', { kind: 'issue', item: 'LD05', place: { ...far, buildingId: 'b9' }, loggedAt: 1 }),
  ];
  expect(mergeCandidates(own, others, '', name).map((entry) => entry.id)).toEqual(['item', 'building', 'new']);
});

test('the search looks into text, place and item', () => {
  const others = [record('a', { kind: 'issue', item: 'LD05', text: '三楼扶手掉了' }), record('b', { kind: 'issue' })];
  expect(mergeCandidates(own, others, '松动 三楼', name).map((entry) => entry.id)).toEqual(['a']);
});
