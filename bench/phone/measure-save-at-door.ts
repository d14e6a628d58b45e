import { figureOf } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { benchWorld } from './bench-world.ts';
import { inPage } from './in-page.ts';

const WARM_UP = 1;
const RUNS = 20;
/** One save takes a few milliseconds, some twice as many: a pair of single ones says little of either. */
const BATCH = 10;

/** Until the strict transaction has completed; no pass runs meanwhile. */
export async function measureSaveAtDoor(): Promise<Figure[]> {
  const world = await benchWorld();
  const page = await world.open('g1000');
  await inPage(page, 'pull', 'g1000');
  const pairs = await inPage(page, 'saves', 'g1000', WARM_UP + RUNS, BATCH);
  // What was saved is handed in, so that the next measure finds an empty queue.
  await inPage(page, 'drain', 'g1000');
  await page.close();
  return [figureOf({ name: 'saveAtDoor', aim: 1.6 }, pairs.slice(WARM_UP))];
}
