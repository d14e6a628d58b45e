import { expect, test } from 'vitest';
import { askedPlace, isSamePlace } from './asked-place.ts';
import { buildingOf } from './building-for-tests.ts';

const buildings = [buildingOf({ '1单元': { '3': ['301', '302'] } })];
const grids = [{ id: 'grid', communityId: 'community', name: '第一网格' }];

test('an address can name a door or a grid', () => {
  expect(askedPlace({ room: '1单元/302' }, buildings, grids)?.label).toBe('凤凰苑 3幢 1单元 302');
  expect(askedPlace({ grid: 'grid' }, buildings, grids)?.label).toBe('第一网格');
});

test('a building is only where the choice begins', () => {
  expect(askedPlace({ building: '凤凰苑3幢' }, buildings, grids)).toBeNull();
});

test('a door or grid that is not mine is no place', () => {
  expect(askedPlace({ room: 'elsewhere', grid: 'grid' }, buildings, grids)).toBeNull();
  expect(askedPlace({ grid: 'elsewhere' }, buildings, grids)).toBeNull();
});

test('two doors differ, a door is the same as itself', () => {
  const one = askedPlace({ room: '1单元/301' }, buildings, grids);
  expect(isSamePlace(one, askedPlace({ room: '1单元/301' }, buildings, grids))).toBe(true);
  expect(isSamePlace(one, askedPlace({ room: '1单元/302' }, buildings, grids))).toBe(false);
  expect(isSamePlace(one, null)).toBe(false);
});
