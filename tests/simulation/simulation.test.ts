import { describe, expect, test } from 'vitest';
import { addCoverage, describeCoverage, missedFaults, newCoverage } from './faults.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';
import { runSeed } from './run-seed.ts';

const SEEDS = Array.from({ length: 14 }, (_, n) => n + 1);
const coverage = newCoverage();

describe('phones, people and faults in virtual time, over the real server handlers', () => {
  test.each(SEEDS)('seed %i: every mutation is accounted for and everyone agrees [I1–I10, L1, L2]', async (seed) => {
    const result = await runSeed(seed);
    addCoverage(coverage, result.coverage);
    expect(result.found, `again: npm run simulate -- --seeds 1 --from ${seed} --tail`).toEqual([]);
    expect(result.saved).toBeGreaterThan(20);
  });

  test('each fault has hit a mutation in flight', () => {
    console.info(describeCoverage(coverage));
    expect(missedFaults(coverage)).toEqual([]);
  });

  test('the same seed runs the same way twice [I21]', async () => {
    const [once, again] = [await runSeed(3), await runSeed(3)];
    expect(again.hash).toBe(once.hash);
    expect((await runSeed(4)).hash).not.toBe(once.hash);
  });
});

describe('a fault that is built in on purpose is caught', () => {
  test.each(PLANTED_BUGS)('%s', async (bug) => {
    for (let seed = 1; seed <= 20; seed++) {
      const { found } = await runSeed(seed, bug);
      if (found.length > 0) return;
    }
    expect.unreachable(`20 seeds did not catch ${bug}`);
  });
});
