import { expect, test } from 'vitest';
import { emptySpace } from './empty-cache.ts';
import type { CachedSpace, CachePage } from './cache-port.ts';
import { stillPages } from './still-page.ts';

const standing = (id: string, ver = 3): CachedSpace => ({ ...emptySpace(id), cursor: { ver, id: '' }, done: true });

const pageOf = (space: string, more: Partial<CachePage> = {}): CachePage => ({
  space,
  from: { ver: 3, id: '' },
  receiptsFrom: 0,
  rows: [],
  next: standing(space),
  receipts: [],
  ...more,
});

function over(stored: CachedSpace[]): { isStill(page: CachePage): Promise<boolean>; reads(): number } {
  let reads = 0;
  const spaces = (): Promise<CachedSpace[]> => {
    reads += 1;
    return Promise.resolve(stored);
  };
  return { isStill: stillPages({ spaces }, standing), reads: () => reads };
}

test('a page is still where it brings nothing and the store says the same; the store is asked once an answer', async () => {
  const { isStill, reads } = over(['grid:1', 'grid:2'].map((id) => standing(id)));
  expect(await isStill(pageOf('grid:1'))).toBe(true);
  expect(await isStill(pageOf('grid:2'))).toBe(true);
  expect(reads()).toBe(1);
});

test('[PL3] [OB8] what another tab moved on, or let go of, is not still, though nothing new comes', async () => {
  const { isStill } = over([standing('grid:1', 4)]);
  expect(await isStill(pageOf('grid:1'))).toBe(false);
  expect(await isStill(pageOf('grid:2'))).toBe(false);
});

test('rows, receipts and another standing are written; the store is not asked for them', async () => {
  const { isStill, reads } = over([standing('grid:1')]);
  const receipt = { seq: 1, mid: 'm1', status: 'applied' as const, code: '', data: {}, ver: 3 };
  expect(await isStill(pageOf('grid:1', { rows: [{ k: 'visit', id: 'a', ver: 3 }] }))).toBe(false);
  expect(await isStill(pageOf('grid:1', { receipts: [receipt] }))).toBe(false);
  expect(await isStill(pageOf('grid:1', { next: standing('grid:1', 4) }))).toBe(false);
  expect(await isStill(pageOf('grid:1', { next: { ...standing('grid:1'), appliedSeq: 1 } }))).toBe(false);
  expect(reads()).toBe(0);
});
