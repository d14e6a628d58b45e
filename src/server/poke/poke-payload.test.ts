import { expect, test } from 'vitest';
import { packPokes, readPokes } from './poke-payload.ts';

test('what is packed is read again, over as many notifications as it takes, none too long', () => {
  const pokes = new Map(Array.from({ length: 500 }, (_, n) => [`grid:${'0'.repeat(30)}${n}`, n + 1]));
  const words = packPokes(pokes);

  expect(words.length).toBeGreaterThan(1);
  expect(Math.max(...words.map((word) => Buffer.byteLength(word)))).toBeLessThan(8000);
  expect(words.flatMap(readPokes)).toEqual([...pokes]);
});

test('nothing is packed into nothing, and what is not ours is passed over', () => {
  expect(packPokes(new Map())).toEqual([]);
  expect(readPokes('')).toEqual([]);
  expect(readPokes('grid:g1 x\n\ngrid:g2 7\n 3')).toEqual([['grid:g2', 7]]);
});
