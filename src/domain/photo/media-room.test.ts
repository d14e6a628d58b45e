import { expect, test } from 'vitest';
import { photoArgs, photoBy, soundArgs } from './media-for-tests.ts';
import { roomLeft } from './media-room.ts';

const BY = { id: 'm1', name: '范晓' } as Parameters<typeof photoBy>[0];
const there = [photoBy(BY, 'grid 1'), photoBy(BY, 'grid 2'), photoBy(BY, 'claim', 'after', 'claimer')];

test('those of the grid are counted together, the claimer apart', () => {
  expect(roomLeft(there, [], 'coordinator')).toEqual({ photos: 7, sounds: 3 });
  expect(roomLeft(there, [soundArgs('s')], 'claimer')).toEqual({ photos: 8, sounds: 2 });
});

test('each hash counts once: what was saved a moment ago, and what two took', () => {
  const coming = [photoArgs('grid 1'), photoArgs('claim'), photoArgs('new'), photoArgs('new')];
  expect(roomLeft(there, coming, 'volunteer').photos).toBe(6);
});
