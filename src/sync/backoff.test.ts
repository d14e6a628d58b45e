import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

test('[TM2] the ceiling doubles from 1 s to 5 min and the wait lies anywhere below it', () => {
  const almost = 1 - Number.EPSILON;
  expect([0, 1, 2, 8, 9, 40].map((attempt) => backoffMs(attempt, almost, null))).toEqual([
    1_000, 2_000, 4_000, 256_000, 300_000, 300_000,
  ]);
  expect(backoffMs(9, 0, null)).toBe(0);
  expect(backoffMs(9, 0.5, null)).toBe(150_000);
});

test('[TM2] the server is never asked before its Retry-After', () => {
  expect(backoffMs(0, 0.1, 20_000)).toBe(20_000);
});
