import type { Page } from '@playwright/test';
import { figureOf } from '../figure.ts';
import type { Figure, Pair } from '../figure.ts';
import { benchWorld } from './bench-world.ts';
import type { BenchWorld, Grid } from './bench-world.ts';
import { inPage } from './in-page.ts';

const RUNS = 9;
/** Somebody looks at the page before it is closed again. */
const LOOKED_MS = 1000;
const MIB = 1024 * 1024;

/** All that the page holds on to: objects, what the browser holds for them, and the bytes of arrays. */
async function heapOf(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.collectGarbage');
  const usage: { usedSize: number; embedderHeapUsedSize?: number; backingStorageSize?: number } =
    await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return (usage.usedSize + (usage.embedderHeapUsedSize ?? 0) + (usage.backingStorageSize ?? 0)) / MIB;
}

async function openHome(world: BenchWorld, grid: Grid): Promise<{ ms: number; mib: number }> {
  const page = await world.open(grid, `#home=${grid}`);
  const ms = await inPage(page, 'home');
  if (ms === undefined) throw new Error('the page did not begin by itself');
  await inPage(page, 'stay', grid, LOOKED_MS);
  const mib = await heapOf(page);
  await page.close();
  return { ms, mib };
}

/** From the page's start until the first list is painted, and what the page then holds. */
export async function measureOpening(): Promise<Figure[]> {
  const world = await benchWorld();
  for (const grid of ['g100000', 'g100'] as const) {
    const page = await world.open(grid);
    await inPage(page, 'pull', grid);
    await page.close();
    await openHome(world, grid);
  }
  const opened: Pair[] = [];
  const heaps: Pair[] = [];
  for (let n = 0; n < RUNS; n++) {
    const large = await openHome(world, 'g100000');
    const small = await openHome(world, 'g100');
    opened.push({ ms: large.ms, limitMs: small.ms });
    heaps.push({ ms: large.mib, limitMs: small.mib });
  }
  const heap = { name: 'heapWith100k', aim: 16, unit: 'MiB', note: 'ratio: MiB with 100,000; limit: with 100' };
  return [figureOf({ name: 'openWith100k', aim: 1.2 }, opened), figureOf(heap, heaps, ({ ms }) => ms)];
}
