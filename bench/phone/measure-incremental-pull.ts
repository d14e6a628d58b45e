import { figureOf } from '../figure.ts';
import type { Figure, Pair } from '../figure.ts';
import { benchWorld, GRIDS } from './bench-world.ts';
import { changeTickets } from './fill-grid.ts';
import { inPage } from './in-page.ts';

const CHANGES = 100;
const RUNS = 7;

/** 100 changes on top of 100,000 records, and the same on top of 1,000. */
export async function measureIncrementalPull(): Promise<Figure[]> {
  const world = await benchWorld();
  const large = await world.open('g100000');
  await inPage(large, 'pull', 'g100000');
  const small = await world.open('g1000');
  await inPage(small, 'pull', 'g1000');
  const sync = async (grid: 'g100000' | 'g1000', wave: number): Promise<number> => {
    const page = grid === 'g1000' ? small : large;
    await changeTickets(world.deps, grid, GRIDS[grid], CHANGES, wave);
    await world.signIn(grid);
    await page.bringToFront();
    return inPage(page, 'sync', grid);
  };
  const pairs: Pair[] = [];
  // The first of each warms up what both then find warm.
  for (let wave = 0; wave <= RUNS; wave++) {
    const ms = await sync('g100000', wave);
    const limitMs = await sync('g1000', wave);
    if (wave > 0) pairs.push({ ms, limitMs });
  }
  await large.close();
  await small.close();
  return [figureOf({ name: 'incrementalPull', aim: 1.3 }, pairs)];
}
