import { figureOf } from '../figure.ts';
import type { Figure, Pair } from '../figure.ts';
import { benchWorld, GRIDS } from './bench-world.ts';
import type { BenchWorld, Grid } from './bench-world.ts';
import { inPage } from './in-page.ts';
import { idAt } from './make-tickets.ts';
import type { Answers, Question } from './page/questions.ts';

const STATES: Question['states'] = [
  'logged',
  'accepted',
  'dispatched',
  'inProgress',
  'resolved',
  'closed',
  'suspended',
];

const questionOf = (grid: Grid): Question => ({ id: idAt(Math.floor(GRIDS[grid] / 3), grid), states: STATES });

/** From the beginning of the pull, and again from the beginning of the page that was opened after it was closed. */
async function pullAndAsk(world: BenchWorld, grid: Grid): Promise<{ ms: number; answers: Answers }> {
  const before = await world.open(grid);
  await inPage(before, 'wipe', grid);
  const pulled = await inPage(before, 'pull', grid);
  await before.close();
  const after = await world.open(grid);
  const answers = await inPage(after, 'ask', grid, questionOf(grid));
  await after.close();
  return { ms: pulled + answers.ms, answers };
}

async function rawPullAndAsk(world: BenchWorld, grid: Grid): Promise<{ ms: number; answers: Answers }> {
  const before = await world.open(grid);
  const pulled = await inPage(before, 'rawPull', GRIDS[grid]);
  await before.close();
  const after = await world.open(grid);
  const answers = await inPage(after, 'rawAsk', questionOf(grid));
  await after.close();
  return { ms: pulled + answers.ms, answers };
}

/** Both must have found the same, or one of them was not measured at its work. */
function requireSame(one: Answers, other: Answers): void {
  const found = ({ byId, newest, counts }: Answers): string =>
    JSON.stringify([byId, newest, Object.entries(counts).sort()]);
  if (found(one) !== found(other)) throw new Error(`the answers differ: ${found(one)} and ${found(other)}`);
}

async function measure(name: string, grid: Grid, aim: number, runs: number): Promise<Figure[]> {
  const world = await benchWorld();
  const pairs: Pair[] = [];
  for (let n = 0; n < runs; n++) {
    const work = await pullAndAsk(world, grid);
    const limit = await rawPullAndAsk(world, grid);
    requireSame(work.answers, limit.answers);
    pairs.push({ ms: work.ms, limitMs: limit.ms });
  }
  return [figureOf({ name, aim }, pairs)];
}

export const measureColdPull = (): Promise<Figure[]> => measure('coldPull', 'g20000', 0.25, 5);
export const measureColdPullLarge = (): Promise<Figure[]> => measure('coldPullLarge', 'g100000', 0.15, 5);
