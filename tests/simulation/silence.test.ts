import { expect, test } from 'vitest';
import { runSeed } from './run-seed.ts';

// A clone with a coordinator's desk learns at its last poll of the work that it is one, and fetches all it may see anew,
// three rows a page: more requests than silence allows, and no loop.
test.for([1728, 2520])('[L6] a phone that has yet to hear of everything is no silent one: seed %i', async (seed) => {
  expect((await runSeed(seed, { asFound: true })).found).toEqual([]);
});
