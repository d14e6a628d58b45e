import { expect, test } from 'vitest';
import { runSeed } from './run-seed.ts';

/**
 * In these a request from before a database was put back by hand arrives a second time, and is settled otherwise than it
 * once was; then the server goes on beyond the version that the phone has seen.
 */
const SEEDS = [1743, 3702];
const WAYS = ['backup', 'file', 'folder'] as const;
const cases = SEEDS.flatMap((seed) => WAYS.map((byHand) => ({ seed, byHand })));

test.each(cases)(
  '[RS5] [RS6] seed $seed: a $byHand that was put back by hand keeps no phone in the history that is gone',
  async ({ seed, byHand }) => {
    const { found, doubts } = await runSeed(seed, { byHand });
    expect(found).toEqual([]);
    // Of a whole folder the server finds nothing out by itself: it is by the runs that each phone does.
    expect(doubts > 0).toBe(byHand !== 'folder');
  },
);

test.each(SEEDS)(
  'seed %i is one of those that fail where a server takes for its own whatever it finds',
  async (seed) => {
    const { found } = await runSeed(seed, { byHand: 'file', bug: 'epochKeptOnCopy' });
    expect(found.filter((each) => each.startsWith('I2 '))).not.toEqual([]);
  },
);
