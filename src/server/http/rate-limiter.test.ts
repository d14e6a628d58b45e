import { expect, test } from 'vitest';
import { createRateLimiter } from './rate-limiter.ts';

const RATE = { burst: 3, perSecond: 2 };

test('lets a burst through, then says how long to wait, then gives back over time', () => {
  let now = 0;
  const limiter = createRateLimiter(() => now);
  const waits = Array.from({ length: 5 }, () => limiter.take('a', RATE));
  now = 500;

  expect(waits).toEqual([0, 0, 0, 500, 500]);
  expect(limiter.take('a', RATE)).toBe(0);
  expect(limiter.take('a', RATE)).toBe(500);
});

test('counts each key apart', () => {
  const limiter = createRateLimiter(() => 0);
  for (let n = 0; n < 3; n++) limiter.take('a', RATE);

  expect(limiter.take('a', RATE)).toBeGreaterThan(0);
  expect(limiter.take('b', RATE)).toBe(0);
});

test('a clock that goes back gives nothing and takes nothing', () => {
  let now = 10_000;
  const limiter = createRateLimiter(() => now);
  for (let n = 0; n < 3; n++) limiter.take('a', RATE);
  now = 0;

  expect(limiter.take('a', RATE)).toBe(500);
});

test('a flood of keys pushes out the oldest alone', () => {
  const limiter = createRateLimiter(() => 0);
  for (let n = 0; n < 3; n++) limiter.take('old', RATE);
  for (let n = 0; n < 3; n++) limiter.take('young', RATE);
  for (let n = 0; n < 19_999; n++) limiter.take(`k${n}`, RATE);

  expect(limiter.take('young', RATE)).toBeGreaterThan(0);
  expect(limiter.take('old', RATE)).toBe(0);
});
