import { expect, test } from 'vitest';
import { PackedPages } from './packed-pages.ts';
import type { PackedPart } from './packed-pages.ts';

const LAST = { ver: 7, kind: 'ticket', id: 't' };
const partsOf = (length: number): PackedPart[] => [{ kind: 'ticket', count: 1, pieces: [new Uint8Array(length)] }];

async function pack(pages: PackedPages, from: string, length: number): Promise<void> {
  await pages.pack(from, { last: LAST, count: 1 }, () => Promise.resolve(partsOf(length)));
}

test('what was packed is found by where it begins, until there is too much: then who was not asked for longest goes', async () => {
  const pages = new PackedPages(() => 0, 100);
  await pack(pages, 'a', 40);
  await pack(pages, 'b', 40);
  expect(pages.find('a')).toEqual({ last: LAST, count: 1, parts: partsOf(40) });
  await pack(pages, 'c', 40);
  expect(['a', 'b', 'c'].map((from) => pages.find(from) !== undefined)).toEqual([true, false, true]);
  // In its place, not beside it.
  await pack(pages, 'a', 60);
  expect(['a', 'c'].map((from) => pages.find(from)?.parts[0]?.pieces[0]?.length)).toEqual([60, 40]);
  await pack(pages, 'd', 101);
  expect(['a', 'c', 'd'].map((from) => pages.find(from))).toEqual([undefined, undefined, undefined]);
});

test('an hour later it is packed anew', async () => {
  let now = 0;
  const pages = new PackedPages(() => now, 100);
  await pack(pages, 'a', 1);
  now = 59 * 60_000;
  expect(pages.find('a')).toBeDefined();
  now = 60 * 60_000;
  expect(pages.find('a')).toBeUndefined();
});

test('two that have read the same pack it once; one that fails is tried again', async () => {
  const pages = new PackedPages(() => 0);
  let packed = 0;
  const parts = (): Promise<PackedPart[]> => {
    packed += 1;
    return packed === 1 ? Promise.reject(new Error('no memory')) : Promise.resolve(partsOf(packed));
  };
  const rows = { last: LAST, count: 1 };
  await expect(pages.pack('a', rows, parts)).rejects.toThrow('no memory');
  const [one, other] = await Promise.all([pages.pack('a', rows, parts), pages.pack('a', rows, parts)]);
  expect([packed, one === other]).toEqual([2, true]);
  // From the same place, but fewer.
  await pages.pack('a', { last: LAST, count: 0 }, parts);
  expect(packed).toBe(3);
});
