import { expect, test } from 'vitest';
import type { Notice } from '../../../domain/notice/notice.ts';
import { noticeLink } from './notice-link.ts';

const notice = (type: Notice['type'], about: Notice['about']): Notice => ({
  type,
  at: 1,
  readAt: null,
  about,
  params: {},
});

test.each([
  ['a lost claim leads to the card', 'claimLost', { space: 'wall:c1', kind: 'card', id: 'k1' }, '/wall/c1/k1'],
  [
    'a returned matter leads to it',
    'ticketReturned',
    { space: 'grid:g1', kind: 'ticket', id: 't1' },
    '/door/ticket/g1/t1',
  ],
  [
    'a confirmed wish leads to the claim',
    'wishConfirmed',
    { space: 'member:m1', kind: 'claimView', id: 'v1' },
    '/claims/v1',
  ],
  ['what was sent back leads to where it lies', 'heldReturned', null, '/attention'],
  ['about nothing leads nowhere', 'claimExpired', null, null],
] as const)('%s', (_title, type, about, path) => {
  expect(noticeLink(notice(type, about))).toBe(path);
});
