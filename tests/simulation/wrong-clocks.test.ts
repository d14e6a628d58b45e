import { expect, test } from 'vitest';
import { firstPlanOf } from './event-plan.ts';
import { createPrng } from './prng.ts';
import { runSeed } from './run-seed.ts';

const SEEDS = 16;
const YEAR = 365 * 24 * 60 * 60_000;

/** For each phone another one, up to a year ahead or behind. */
function wrongClocks(seed: number): (name: string) => number {
  const prng = createPrng(seed ^ 0xc10c);
  const skews = new Map<string, number>();
  return (name) => {
    const skew = skews.get(name) ?? Math.floor((prng.next() * 2 - 1) * YEAR);
    skews.set(name, skew);
    return skew;
  };
}

test.each(Array.from({ length: SEEDS }, (_, n) => n + 1))(
  '[I16] seed %i: clocks that are wrong from the beginning and jump change no word, no order and no row',
  async (seed) => {
    const calm = firstPlanOf(seed).filter((planned) => !('what' in planned && planned.what === 'clock'));
    const right = await runSeed(seed, { asFound: true, plan: calm, skewOf: () => 0 });
    const wrong = await runSeed(seed, { asFound: true, skewOf: wrongClocks(seed) });

    expect([right.found, wrong.found]).toEqual([[], []]);
    expect(right.account.length).toBeGreaterThan(0);
    expect(wrong.account).toEqual(right.account);
    expect([wrong.saved, wrong.refused, wrong.requests]).toEqual([right.saved, right.refused, right.requests]);
  },
);
