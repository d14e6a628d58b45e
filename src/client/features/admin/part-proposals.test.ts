import { expect, test } from 'vitest';
import type { Entrance } from '../../../domain/building/building.ts';
import {
  faultOfLabel,
  faultOfLabels,
  nextEntrance,
  nextEntranceLabel,
  nextFloorLabel,
  nextRoomLabel,
  roomLabelsFor,
  roomLabelsIn,
  roomLabelsOf,
} from './part-proposals.ts';

const floor = (label: string, ...rooms: string[]) => ({
  id: label,
  label,
  rooms: rooms.map((room) => ({ id: room, label: room })),
});
const entrance = (label: string, ...floors: Entrance['floors']): Entrance => ({ id: label, label, floors });
const building = (...entrances: Entrance[]) => ({ name: '3幢', estateId: 'e', gridId: 'g', entrances });

const three = entrance('1单元', floor('1层', '101'), floor('2层', '201', '202'), floor('3层', '301', '302'));

test('what comes next counts on in the words that are used there', () => {
  expect(nextEntranceLabel(building(three))).toBe('2单元');
  expect(nextEntranceLabel(building(entrance('甲门'), entrance('乙门')))).toBe('3单元');
  expect(nextEntranceLabel(building())).toBe('1单元');
  expect(nextFloorLabel(three)).toBe('4层');
  expect(nextFloorLabel(entrance('1单元', floor('12'), floor('阁楼')))).toBe('13');
  expect(nextFloorLabel(entrance('1单元'))).toBe('1层');
});

test('the next door counts on, and keeps a leading nought', () => {
  expect(nextRoomLabel(floor('3层', '301', '302'))).toBe('303');
  expect(nextRoomLabel(floor('3层', '0309'))).toBe('0310');
  expect(nextRoomLabel(floor('3层'))).toBe('301');
  expect(nextRoomLabel(floor('楼上', '东间'))).toBe('');
});

test('a new floor has the doors of the one below under its own figure', () => {
  expect(roomLabelsFor(three, '4层')).toEqual(['401', '402']);
  expect(roomLabelsFor(entrance('1单元', floor('9层', '901', '902A')), '10层')).toEqual(['1001', '1002A']);
  expect(roomLabelsFor(three, '阁楼')).toEqual(['301', '302']);
  expect(roomLabelsFor(entrance('1单元'), '1层')).toEqual(['101', '102']);
});

test('a further entrance looks like the last one, under ids of its own', () => {
  let last = 0;
  const made = nextEntrance(building(three), '2单元', () => `new ${++last}`);
  expect(made.label).toBe('2单元');
  expect(roomLabelsOf(made)).toEqual(['101', '201', '202', '301', '302']);
  expect(made.floors.every(({ id }) => id.startsWith('new'))).toBe(true);
  expect(nextEntrance(building(), '1单元', () => 'id')).toEqual({ id: 'id', label: '1单元', floors: [] });
});

test('doors are typed in one line, whatever stands between them', () => {
  expect(roomLabelsIn(' 701、702, 703  东间 ')).toEqual(['701', '702', '703', '东间']);
});

test('a name is not empty, not long and not there yet', () => {
  expect(faultOfLabel('  ', [])).toBe('missing');
  expect(faultOfLabel('长'.repeat(21), [])).toBe('long');
  expect(faultOfLabel(' 302 ', ['302'])).toBe('there');
  expect(faultOfLabel('303', ['302'])).toBeNull();
  expect(faultOfLabels(['401', '401'], [])).toBe('there');
  expect(faultOfLabels(['401', '302'], ['302'])).toBe('there');
  expect(faultOfLabels(['401', '402'], ['302'])).toBeNull();
});
