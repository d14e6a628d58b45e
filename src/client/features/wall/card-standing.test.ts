import { expect, test } from 'vitest';
import type { Card } from '../../../domain/card/card.ts';
import { standingOf } from './card-standing.ts';

const card = (over: Partial<Card>): Card => ({
  ticketId: 't',
  gridId: 'g',
  communityId: 'c',
  kind: 'wish',
  item: 'SH01',
  itemVersion: 1,
  text: '想修补纱窗',
  where: '凤凰苑',
  sensitive: false,
  public: true,
  urgent: false,
  state: 'open',
  claim: null,
  publishedAt: 0,
  updatedAt: 0,
  ...over,
});
const claim = { mid: 'm', memberId: 'me', name: '李伟', at: 1, expiresAt: 2 };

test('an own claim that is not confirmed waits and is never mine', () => {
  expect(standingOf(card({ state: 'claimed', claim }), true, 'me')).toBe('waiting');
});

test('a confirmed own claim is mine', () => {
  expect(standingOf(card({ state: 'claimed', claim }), false, 'me')).toBe('mine');
});

test("another's claim is theirs, whatever is pending here", () => {
  expect(standingOf(card({ state: 'claimed', claim }), false, 'you')).toBe('others');
  expect(standingOf(card({ state: 'claimed', claim }), true, 'you')).toBe('others');
});

test('open, fulfilled and taken down cards say so', () => {
  expect(standingOf(card({}), false, 'me')).toBe('open');
  expect(standingOf(card({ state: 'fulfilled', claim }), false, 'me')).toBe('fulfilled');
  expect(standingOf(card({ state: 'takenDown' }), false, 'me')).toBe('takenDown');
});
