import { expect, test } from 'vitest';
import { publishedAgo } from './published-ago.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const now = at('2026-11-23T09:00:00');

test('today, yesterday, days, months', () => {
  expect(publishedAgo(now, at('2026-11-23T00:10:00'))).toEqual({ key: 'today' });
  expect(publishedAgo(now, at('2026-11-22T23:50:00'))).toEqual({ key: 'yesterday' });
  expect(publishedAgo(now, at('2026-11-15T10:00:00'))).toEqual({ key: 'days', count: 8 });
  expect(publishedAgo(now, at('2026-08-20T10:00:00'))).toEqual({ key: 'months', count: 3 });
});

test('a phone whose clock is behind reads today, not the future', () => {
  expect(publishedAgo(now, now + 3_600_000)).toEqual({ key: 'today' });
});
