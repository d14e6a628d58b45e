import { expect, test } from 'vitest';
import { buildingOf } from './building-for-tests.ts';
import { findDoor } from './door-order.ts';
import { floorLabel, labelFrom, placeInBuilding, placeInGrid } from './place-of.ts';

const building = buildingOf({ '1单元': { '1': ['101'], '3': ['301', '302'] } });
const [entrance] = building.data.entrances;
const floor = entrance?.floors[1];
const room = floor?.rooms[1];

test('a door is called by estate, building, entrance and room', () => {
  const place = placeInBuilding(building, { entrance, floor, room });
  expect(place.label).toBe('凤凰苑 3幢 1单元 302');
  expect(place).toMatchObject({
    entranceId: entrance?.id,
    floorId: floor?.id,
    roomId: room?.id,
    buildingId: building.id,
  });
});

test('a landing is called by its floor', () => {
  expect(placeInBuilding(building, { entrance, floor }).label).toBe('凤凰苑 3幢 1单元 3层');
});

test('a whole building has no deeper ids', () => {
  const place = placeInBuilding(building, {});
  expect(place.label).toBe('凤凰苑 3幢');
  expect([place.entranceId, place.floorId, place.roomId]).toEqual([null, null, null]);
});

test('a building without an estate leaves no gap in the label', () => {
  expect(placeInBuilding({ ...building, estateName: '' }, {}).label).toBe('3幢');
});

test('a matter without a building belongs to the grid alone', () => {
  expect(placeInGrid('c', 'g', '第一网格')).toMatchObject({ gridId: 'g', buildingId: null, label: '第一网格' });
});

test('a floor that is a word keeps it', () => {
  expect(['3', '-1', '地下室', '3层'].map((label) => floorLabel({ id: 'f', label, rooms: [] }))).toEqual([
    '3层',
    '-1层',
    '地下室',
    '3层',
  ]);
});

test('the next door is named with its entrance only where that is another one', () => {
  const house = buildingOf({ '1单元': { '1': ['101', '102'] }, '2单元': { '1': ['101'] } });
  const [first, beside, other] = ['1单元/101', '1单元/102', '2单元/101'].map((id) => findDoor(house.data, id));
  if (!first || !beside || !other) throw new Error('no such doors');
  expect([labelFrom(beside, first), labelFrom(other, first)]).toEqual(['102', '2单元 101']);
  expect(labelFrom(other, undefined)).toBe('2单元 101');
});
