import { expect, test } from 'vitest';
import { spaceOfAccess } from './space.ts';

test('for contacts their grid is asked, for every other space itself', () => {
  expect(spaceOfAccess('contact:g1')).toBe('grid:g1');
  for (const space of ['grid:g1', 'community:g1', 'wall:g1', 'member:g1', 'office', 'nonsense'])
    expect(spaceOfAccess(space)).toBe(space);
});
