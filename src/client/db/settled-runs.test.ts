import { expect, test } from 'vitest';
import { createPrng } from '../../../tests/simulation/prng.ts';
import { markRuns, settledIn } from './settled-runs.ts';
import type { SettledRun } from './settled-runs.ts';

const DAY_MS = 24 * 60 * 60_000;

test('what is settled behind what was settled on the same day lengthens its run, and counts from its last', () => {
  const day = 20_000 * DAY_MS;
  const morning = markRuns([], [1, 2, 3], day + 5);
  const noon = markRuns(morning, [5, 4], day + 9);
  expect(noon).toEqual([[1, 5, day + 9]]);
  expect(markRuns(noon, [6], day + DAY_MS)).toEqual([
    [1, 5, day + 9],
    [6, 6, day + DAY_MS],
  ]);
});

test('what is sent again is cut out of its run', () => {
  expect(markRuns([[1, 9, 4]], [3, 4, 9], null)).toEqual([
    [1, 2, 4],
    [5, 8, 4],
  ]);
});

test('whatever is marked and sent again in whatever order, each seq has its own day', () => {
  const { int: below } = createPrng(41);
  for (let round = 0; round < 200; round++) {
    const days = new Map<number, number>();
    let runs: SettledRun[] = [];
    for (let step = 0; step < 12; step++) {
      const seqs = [...new Set(Array.from({ length: below(9) }, () => 1 + below(30)))];
      const at = below(4) === 0 ? null : below(5) * DAY_MS + below(1_000);
      runs = markRuns(runs, seqs, at);
      for (const seq of seqs) {
        if (at === null) days.delete(seq);
        else days.set(seq, Math.floor(at / DAY_MS));
      }
    }
    for (let seq = 1; seq <= 31; seq++) {
      const at = settledIn(runs, seq);
      expect(at === null ? undefined : Math.floor(at / DAY_MS)).toBe(days.get(seq));
    }
  }
});
