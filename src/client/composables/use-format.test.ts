// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defineComponent } from 'vue';
import { mountKit } from '../../../tests/support/mount-kit.ts';
import { useFormat } from './use-format.ts';

const NOON = Date.parse('2026-11-23T12:00:00+08:00');

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});
afterEach(() => {
  vi.useRealTimers();
});

function format() {
  let made: ReturnType<typeof useFormat> | undefined;
  mountKit(
    defineComponent({
      setup() {
        made = useFormat();
        return () => null;
      },
    }),
  );
  if (!made) throw new Error('not set up');
  return made;
}

test('days are those of Shanghai, with their weekday', () => {
  expect(format().formatDay(Date.parse('2026-11-22T17:30:00Z'))).toBe('11月23日 周一');
});

test('another year is named', () => {
  expect(format().formatDay(Date.parse('2025-11-23T04:00:00Z'))).toBe('2025年11月23日 周日');
});

test.each([
  [20_000, '刚刚'],
  [5 * 60_000, '5 分钟前'],
  [3 * 3_600_000, '今天 09:00'],
  [20 * 3_600_000, '昨天 16:00'],
  [3 * 24 * 3_600_000, '11月20日 周五 12:00'],
])('%d ms ago is %s', (since, words) => {
  expect(format().formatAgo(NOON - since)).toBe(words);
});
