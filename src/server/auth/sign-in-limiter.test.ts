import { expect, test } from 'vitest';
import { SignInLimiter } from './sign-in-limiter.ts';

function setUp() {
  const clock = { now: 1_000_000 };
  return { clock, limiter: new SignInLimiter(() => clock.now) };
}

test('five tries of one name are free, and the wait then doubles up to five minutes', () => {
  const { clock, limiter } = setUp();
  const waits: number[] = [];
  for (let i = 0; i < 16; i++) {
    expect(limiter.begin('li', `10.0.0.${i}`)).toBe(0);
    const wait = limiter.begin('li', '10.0.9.9');
    if (wait === 0) continue;
    waits.push(wait);
    clock.now += wait;
  }
  expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(waits.at(-1)).toBe(300_000);
});

test('tries that come at once are all counted before any has been answered', () => {
  const { limiter } = setUp();
  const answers = Array.from({ length: 20 }, () => limiter.begin('li', '10.0.0.1'));
  expect(answers.filter((wait) => wait === 0)).toHaveLength(5);
});

test('an address waits only after thirty failures, over all names', () => {
  const { limiter } = setUp();
  for (let i = 0; i < 30; i++) expect(limiter.begin(`name${i}`, '10.0.0.1')).toBe(0);
  expect(limiter.begin('new', '10.0.0.1')).toBe(2_000);
  expect(limiter.begin('new', '10.0.0.9')).toBe(0);
});

test('a success forgives the name and takes back its own try from the address', () => {
  const { limiter } = setUp();
  for (let i = 0; i < 29; i++) limiter.begin(`name${i}`, '10.0.0.1');
  for (let i = 0; i < 100; i++) {
    expect(limiter.begin('li', '10.0.0.1')).toBe(0);
    limiter.succeeded('li', '10.0.0.1');
  }
  expect(limiter.begin('wang', '10.0.0.1')).toBe(0);
  expect(limiter.begin('zhao', '10.0.0.1')).toBe(2_000);
});

test('failures are forgotten after an hour of peace', () => {
  const { clock, limiter } = setUp();
  for (let i = 0; i < 10; i++) limiter.begin('li', '10.0.0.1');
  clock.now += 60 * 60_000;
  expect(limiter.begin('li', '10.0.0.1')).toBe(0);
  expect(limiter.begin('li', '10.0.0.1')).toBe(0);
});
