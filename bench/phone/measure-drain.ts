import { figureOf } from '../figure.ts';
import type { Figure, Pair } from '../figure.ts';
import { benchWorld } from './bench-world.ts';
import { inPage } from './in-page.ts';

const QUEUED = 500;
const RUNS = 7;

/** 500 queued mutations until all are acknowledged, against one POST of them and 500 inserts in one transaction. */
export async function measureDrain(): Promise<Figure[]> {
  const world = await benchWorld();
  const pairs: Pair[] = [];
  for (let n = 0; n < RUNS; n++) {
    // A new device each time: what was settled before is no part of this queue.
    const page = await world.open('g1000');
    await inPage(page, 'wipe', 'g1000');
    await inPage(page, 'pull', 'g1000');
    await inPage(page, 'queue', 'g1000', QUEUED);
    const limitMs = await inPage(page, 'rawDrain', 'g1000');
    const ms = await inPage(page, 'drain', 'g1000');
    await page.close();
    pairs.push({ ms, limitMs });
  }
  return [figureOf({ name: 'drain', aim: 4 }, pairs)];
}
