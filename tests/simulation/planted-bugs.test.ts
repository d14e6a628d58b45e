import { afterAll, expect, test } from 'vitest';
import { catchBug, describeCaught } from './catch-bug.ts';
import type { Caught } from './catch-bug.ts';
import { PLANTED_BUGS } from './planted-bugs.ts';

const all: Caught[] = [];
afterAll(() => {
  console.info(describeCaught(all));
});

test.each(PLANTED_BUGS)('%s is caught: a fault built in on purpose', async (bug) => {
  const caught = await catchBug(bug, 120);
  all.push(caught);
  expect(caught.seed, `120 seeds did not catch ${bug}`).not.toBeNull();
});
