import { expect, test } from 'vitest';
import { reckonTime } from './reckon-time.ts';

const NOW = 1_000_000;

test.each([
  ['a right clock', 900_000, { now: NOW, sentAt: NOW, notBefore: 0 }, 900_000],
  ['a clock a year ahead', 900_000 + 3e10, { now: NOW, sentAt: NOW + 3e10, notBefore: 0 }, 900_000],
  ['a clock that was set back in between', 2_000_000, { now: NOW, sentAt: 900_000, notBefore: 0 }, NOW],
  ['a clock that was set on in between', 0, { now: NOW, sentAt: 2_000_000, notBefore: 700_000 }, 700_000],
  ['a last contact that seems to lie ahead', 0, { now: NOW, sentAt: NOW, notBefore: NOW + 5 }, NOW],
])('%s', (_what, at, clocks, expected) => {
  expect(reckonTime(at, clocks)).toBe(expected);
});
