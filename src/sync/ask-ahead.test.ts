import { expect, test } from 'vitest';
import type { SyncRequest } from '../protocol/sync-messages.ts';
import { isSameRequest } from './ask-ahead.ts';

const request: SyncRequest = {
  protocol: 2,
  member: 'm1',
  client: 'c1',
  epoch: 'e1',
  build: 'test',
  pending: 0,
  sentAt: 1,
  lastContactAt: null,
  push: [],
  pull: [{ space: 'office', cursor: null, upTo: null, receiptsAfter: 0, rows: true }],
};

test('what asks for the same is the same whenever it is sent, but not where it says that it names all', () => {
  expect(isSameRequest(request, { ...request, sentAt: 2, whole: false })).toBe(true);
  expect(isSameRequest(request, { ...request, whole: true })).toBe(false);
});
