import { expect, test } from 'vitest';
import { addCoverage, describeCoverage, missedFaults, newCoverage } from './faults.ts';
import { runSeed } from './run-seed.ts';

/** A share of the seeds of `npm test`; several files run side by side. Every tenth is run twice. [I21] */
export function testSeeds(from: number, count: number): void {
  const coverage = newCoverage();
  const seeds = Array.from({ length: count }, (_, n) => from + n);

  test.each(seeds)('seed %i: every mutation is accounted for and everyone agrees', async (seed) => {
    const result = await runSeed(seed);
    addCoverage(coverage, result.coverage);
    expect(result.found, `again: npm run simulate -- --seeds 1 --from ${seed} --tail --shrink`).toEqual([]);
    expect(result.saved).toBeGreaterThan(10);
    if (seed % 10 === 0) expect((await runSeed(seed)).hash, 'it ran otherwise the second time').toBe(result.hash);
  });

  test('each fault has hit a mutation in flight', () => {
    console.info(describeCoverage(coverage));
    expect(missedFaults(coverage)).toEqual([]);
  });
}
