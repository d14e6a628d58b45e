import { expect, test } from 'vitest';
import { heldReason, heldSummary, heldWhat } from './held-words.ts';

test('a held mutation is told by what it is about', () => {
  expect(['ticket.log', 'ticket.progress', 'visit.record', 'claim.take', 'building.addRoom'].map(heldWhat)).toEqual([
    'ticket',
    'ticketStep',
    'visit',
    'claim',
    'place',
  ]);
  expect(heldWhat('future.thing')).toBe('other');
  expect(heldWhat('nonsense')).toBe('other');
});

test('what was written is shown as far as it can be told', () => {
  const args = { id: 'x', item: 'LD05', text: '扶手松了', place: { label: '凤凰苑 3幢' } };
  expect(heldSummary({ mutation: 'ticket.log', args })).toEqual({
    text: '扶手松了',
    item: 'LD05',
    place: '凤凰苑 3幢',
  });
  expect(heldSummary({ mutation: 'ticket.resolve', args: { result: '修好了' } }).text).toBe('修好了');
});

test('args of any shape are survived', () => {
  for (const args of [null, undefined, 7, 'text', [], { place: 'x', text: 3 }])
    expect(heldSummary({ mutation: 'future.thing', args })).toEqual({ text: '', item: '', place: '' });
});

test('a held contact is not shown', () => {
  expect(heldSummary({ mutation: 'contact.put', args: { text: '13805712345' } }).text).toBe('');
});

test('an unknown reason reads as a fault', () => {
  expect(heldReason('revoked')).toBe('revoked');
  expect(heldReason('whatever')).toBe('fault');
});
