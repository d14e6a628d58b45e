import { expect, test } from 'vitest';
import { heldReason, heldWhat } from './held-words.ts';

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

test('an unknown reason reads as a fault', () => {
  expect(heldReason('revoked')).toBe('revoked');
  expect(heldReason('whatever')).toBe('fault');
});
