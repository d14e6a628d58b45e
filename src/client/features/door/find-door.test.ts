import { expect, test } from 'vitest';
import { buildingOf } from './building-for-tests.ts';
import { findDoors, wordsOf } from './find-door.ts';

const layout = { '1单元': { '3': ['301', '302'] }, '2单元': { '3': ['301', '302'] } };
const buildings = [
  buildingOf(layout, '3幢', '凤凰苑'),
  buildingOf(layout, '13幢', '凤凰苑'),
  buildingOf({ '1单元': { '1': ['101'] } }, '3幢', '凤凰南苑'),
];
const find = (query: string): string[] => findDoors(buildings, query, 20).map((found) => found.label);

test('the units between the numbers are left out, full width counts as half', () => {
  expect(wordsOf('凤凰苑3幢2单元302室')).toEqual(['凤凰苑', '3', '2', '302']);
  expect(wordsOf('3-2-302')).toEqual(['3', '2', '302']);
});

test('a whole address finds its one door', () => {
  expect(find('凤凰苑3幢2单元302')).toEqual(['凤凰苑 3幢 2单元 302']);
  expect(find('3-2-302')).toEqual(['凤凰苑 3幢 2单元 302']);
});

test('a room number alone finds it in every entrance', () => {
  expect(find('302')).toHaveLength(4);
});

test('a building number is not a part of another number', () => {
  expect(find('凤凰苑 3')).not.toContain('凤凰苑 13幢');
});

test('a name finds its buildings, and none of their doors', () => {
  expect(find('南苑')).toEqual(['凤凰南苑 3幢']);
  expect(find('凤凰苑')).toEqual(['凤凰苑 3幢', '凤凰苑 13幢']);
});

test('the first figures of a room find it while it is being typed', () => {
  expect(find('凤凰南苑 10')).toEqual(['凤凰南苑 3幢 1单元 101']);
});

test('nothing typed and nothing known find nothing', () => {
  expect(find('  ')).toEqual([]);
  expect(find('望江西园')).toEqual([]);
});

test('no more than asked for', () => {
  expect(findDoors(buildings, '302', 3)).toHaveLength(3);
});
