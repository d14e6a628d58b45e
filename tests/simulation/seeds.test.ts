import { expect, test } from 'vitest';
import { addCoverage, describeCoverage, missedFaults, newCoverage } from './faults.ts';
import { runSeed } from './run-seed.ts';

/** The seeds of `npm test`, of one account: a rare fault strikes in few of them. Each is run twice. [I21] */
const SEEDS = 200;
const coverage = newCoverage();
let saved = 0;
let claimsLost = 0;

test.each(Array.from({ length: SEEDS }, (_, n) => n + 1))(
  'seed %i: every mutation is accounted for and everyone agrees',
  async (seed) => {
    const result = await runSeed(seed);
    addCoverage(coverage, result.coverage);
    saved += result.saved;
    claimsLost += result.claimsLost;
    expect(result.found, `again: npm run simulate -- --seeds 1 --from ${seed} --tail --shrink`).toEqual([]);
    expect((await runSeed(seed)).hash, 'it ran otherwise the second time').toBe(result.hash);
  },
);

test('seed 5313: a photo of what is held is brought to a restored server, though the phone knew of no epoch any more', async () => {
  expect((await runSeed(5313, { asFound: true })).found).toEqual([]);
});

test('seed 13332: who has read up to a version at a later one begins anew where only the earlier came back', async () => {
  expect((await runSeed(13332, { asFound: true })).found).toEqual([]);
});

test.each([8067, 12634, 17277])(
  'seed %i: what a restored server does not know any more goes again, though its version lies behind all that is there',
  async (seed) => {
    expect((await runSeed(seed, { asFound: true })).found).toEqual([]);
  },
);

test.each([7929, 10149, 11325])(
  'seed %i: a restore while the answer that bytes are whole is on its way loses none of them',
  async (seed) => {
    expect((await runSeed(seed, { asFound: true })).found).toEqual([]);
  },
);

test('seed 8213: a tab does not go on from receipts that another has let go of', async () => {
  expect((await runSeed(8213, { asFound: true })).found).toEqual([]);
});

test('seed 6318: whose client id another phone used first on a restored server sends everything in its order', async () => {
  expect((await runSeed(6318, { asFound: true })).found).toEqual([]);
});

test('seed 19476: what is taken back while the outbox is being read stays taken back', async () => {
  expect((await runSeed(19476, { asFound: true })).found).toEqual([]);
});

test.each([341, 764, 881])(
  'seed %i: what is stuck keeps its space waiting for minutes, not for an hour',
  async (seed) => {
    expect((await runSeed(seed)).found).toEqual([]);
  },
);

test('seed 533: what was left out before the browser forgot it goes when it is left out again', async () => {
  expect((await runSeed(533)).found).toEqual([]);
});

test.each([2006, 2703, 3159, 3171])('seed %i: what was lost goes before anything of the answer shows', async (seed) => {
  expect((await runSeed(seed)).found).toEqual([]);
});

test('[PL5] seed 1065: what a store failed to drop of a lost space goes with the next answer', async () => {
  expect((await runSeed(1065)).found).toEqual([]);
});

test('seed 3157: what was taken back stays, whatever a tab that slept since knows of it', async () => {
  expect((await runSeed(3157)).found).toEqual([]);
});

test('seed 3709: what is pending in a space that is allowed again shows as soon as anything is told', async () => {
  expect((await runSeed(3709)).found).toEqual([]);
});

test('seed 9125: what is pending shows while a repair has forgotten what it lay over', async () => {
  expect((await runSeed(9125)).found).toEqual([]);
});

test('seed 5648: what a store leaves out though it said that it failed goes with the next pass', async () => {
  expect((await runSeed(5648)).found).toEqual([]);
});

test('[PL9] seed 16473: what is left out while its page is being stored goes at once', async () => {
  expect((await runSeed(16473)).found).toEqual([]);
});

test('[FK1] seed 5543: an outbox put back beside the word on others under its seqs is sent anew', async () => {
  expect((await runSeed(5543)).found).toEqual([]);
});

test('[RS6] seed 1152: a space that begins anew in several pages hears every word anew', async () => {
  expect((await runSeed(1152)).found).toEqual([]);
});

test('seed 1136: a space that is taken away goes, though the cache alone knows what it has of it', async () => {
  expect((await runSeed(1136)).found).toEqual([]);
});

test('seed 301: a revoked phone that asks by an empty piece goes on with nothing', async () => {
  expect((await runSeed(301)).found).toEqual([]);
});

test('each fault has hit a mutation in flight, and the days were full of work', () => {
  console.info(describeCoverage(coverage));
  expect(missedFaults(coverage)).toEqual([]);
  expect(saved).toBeGreaterThan(40 * SEEDS);
  expect(claimsLost, 'claims that came second').toBeGreaterThan(SEEDS / 50);
});
