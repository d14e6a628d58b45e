import { expect, test } from 'vitest';
import { buildingOf } from './building-for-tests.ts';
import { placeInBuilding, placeInGrid } from './place-of.ts';
import { RECENT_BUILDINGS, recentBuildings } from './recent-buildings.ts';

const buildings = ['1幢', '2幢', '3幢', '4幢', '5幢', '6幢'].map((name) => buildingOf({}, name));
const visit = (at: number) => ({
  place: buildings[at] ? placeInBuilding(buildings[at], {}) : placeInGrid('c', 'g', ''),
});
const names = (order: number[]) => recentBuildings(order.map(visit), buildings).map(({ data }) => data.name);

test('each building stands once, the latest first', () => {
  expect(names([2, 2, 0, 2, 1])).toEqual(['3幢', '1幢', '2幢']);
});

test('no more than can be seen at a glance', () => {
  expect(names([0, 1, 2, 3, 4, 5])).toHaveLength(RECENT_BUILDINGS);
});

test('a building that is no longer mine and a matter without one are left out', () => {
  expect(recentBuildings([visit(9), visit(1)], buildings.slice(2))).toEqual([]);
});
