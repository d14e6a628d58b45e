import { expect, test } from 'vitest';
import type { View, ViewRecord } from '../../../sync/engine-api.ts';
import { ticketWith } from './ticket-for-tests.ts';
import { ticketsInConflict } from './tickets-in-conflict.ts';

const space = 'grid:g1';
const ticket: ViewRecord<'ticket'> = {
  ...{ space, kind: 'ticket', id: 't1', ver: 1, deleted: false, pending: false },
  data: ticketWith({ contactId: 'k1' }),
};
const conflict = (kind: string, recordId: string): ViewRecord<'conflict'> => ({
  ...{ space, kind: 'conflict', id: `${kind}/${recordId}`, ver: 1, deleted: false, pending: false },
  data: {
    ...{ kind, recordId, field: 'text', from: '', mine: 'a', theirs: 'b', authorId: 'v1', authorName: '王芳', at: 1 },
    ...{ resolvedAt: null, resolution: null },
  },
});
const view = {
  get: (_space: string, _kind: string, id: string) => (id === ticket.id ? ticket : undefined),
  list: () => [ticket],
} as unknown as Pick<View, 'get' | 'list'>;

test('a conflict of a matter and one of its contact lead to the matter, once', () => {
  const found = ticketsInConflict([conflict('ticket', 't1'), conflict('contact', 'k1')], view);
  expect(found.map(({ id }) => id)).toEqual(['t1']);
});

test('what this device does not hold is not listed', () => {
  expect(ticketsInConflict([conflict('ticket', 'gone'), conflict('contact', 'gone')], view)).toEqual([]);
});
