import { expect, test } from 'vitest';
import { gridsNamed } from './grids-named.ts';

const asked = (...spaces: string[]) => ({
  push: [],
  whole: true,
  pull: spaces.map((space) => ({ space, cursor: null, upTo: null, receiptsAfter: 0, rows: true })),
});

test('what a device names lies on it, and what it names no more has gone from it', () => {
  expect(gridsNamed(['one'], asked('office', 'grid:two', 'contact:three', 'wall:four'), false)).toEqual([
    'three',
    'two',
  ]);
});

test('what waits to be sent names its grid too, where nothing else does', () => {
  const mutation = { seq: 1, mid: 'a', name: 'ticket.log', v: 1, args: {}, at: 0 };
  const push = [{ space: 'grid:two', mutations: [mutation] }];
  expect(gridsNamed(['one'], { ...asked('office'), push }, false)).toEqual(['two']);
});

test('where only the rest of a pass is asked for, photos wait, or the session is ended, what it named before may be there', () => {
  expect(gridsNamed(['one'], { ...asked('grid:two'), whole: false }, false)).toEqual(['one', 'two']);
  expect(gridsNamed(['one'], { ...asked('office'), whole: undefined }, false)).toEqual(['one']);
  expect(gridsNamed(['one'], { ...asked('office'), media: { waiting: 1, sounds: 0 } }, false)).toEqual(['one']);
  expect(gridsNamed(['one'], asked('office'), true)).toEqual(['one']);
});

test('nobody makes the list grow without end, and what is named now goes before what was named before', () => {
  const many = Array.from({ length: 499 }, (_, n) => `grid:${n}`);
  const after = gridsNamed(['one', 'two'], asked(...many), true);
  expect(after).toHaveLength(500);
  expect(after).toContain('one');
  expect(after).not.toContain('two');
});
