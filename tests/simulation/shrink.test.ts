import { expect, test } from 'vitest';
import { planOf } from './event-plan.ts';
import { runSeed } from './run-seed.ts';
import { shrink } from './shrink.ts';

test('a list is shrunk to the two entries that fail together', async () => {
  const all = Array.from({ length: 40 }, (_, n) => n);
  const { kept } = await shrink(all, (rest) => Promise.resolve(rest.includes(7) && rest.includes(31)), 500);
  expect(kept).toEqual([7, 31]);
});

test('shrinking stops where its runs are spent, with a list that still fails', async () => {
  const all = Array.from({ length: 40 }, (_, n) => n);
  const { kept, runs } = await shrink(all, (rest) => Promise.resolve(rest.includes(7)), 3);
  expect(runs).toBe(3);
  expect(kept).toContain(7);
  expect(kept.length).toBeLessThan(40);
});

test('a seed with a fault built in shrinks to a few events that still show it', async () => {
  const bug = 'clockInMutator';
  const fails = async (plan: ReturnType<typeof planOf>): Promise<boolean> =>
    (await runSeed(1, { bug, plan })).found.length > 0;
  const whole = planOf(1);
  const { kept } = await shrink(whole, (rest) => fails([...rest]), 30);
  expect(kept.length).toBeLessThan(whole.length / 8);
  expect(await fails([...kept])).toBe(true);
});
