import { expect, test } from 'vitest';
import { buildingOf } from './building-for-tests.ts';
import { faultOfNewRoom, floorForRoom } from './new-room.ts';

const entrance = buildingOf({ '1单元': { '1': ['101'], '5层': ['501'], '12': [] } }).data.entrances[0];

test('the number of a room tells its floor', () => {
  expect(['502', '0502', '1203', '101'].map((label) => floorForRoom(entrance, label)?.label)).toEqual([
    '5层',
    '5层',
    '12',
    '1',
  ]);
});

test('a label that is no such number, or of no floor that is there, tells none', () => {
  expect(['阁楼', '12', '902'].map((label) => floorForRoom(entrance, label))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a door needs a label that its entrance does not have yet, and a floor', () => {
  expect(faultOfNewRoom(entrance, '1单元/12', ' ')).toBe('missing');
  expect(faultOfNewRoom(entrance, '1单元/12', '字'.repeat(21))).toBe('long');
  expect(faultOfNewRoom(entrance, '', '1201')).toBe('floor');
  expect(faultOfNewRoom(entrance, '1单元/12', '501 ')).toBe('there');
  expect(faultOfNewRoom(entrance, '1单元/12', '1201')).toBeNull();
});
