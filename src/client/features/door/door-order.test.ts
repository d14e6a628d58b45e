import { expect, test } from 'vitest';
import { buildingOf } from './building-for-tests.ts';
import { doorsInOrder, findDoor, nextDoor } from './door-order.ts';

const building = buildingOf({
  '1单元': { '1': ['102', '101'], '2': ['201', '210', '202'], 顶楼: ['阁楼'] },
  '2单元': { '1': ['101'] },
}).data;
const never = (): boolean => false;

test('doors follow entrance by entrance, from the ground up, by number', () => {
  expect(doorsInOrder(building).map((door) => door.room.id)).toEqual([
    '1单元/101',
    '1单元/102',
    '1单元/201',
    '1单元/202',
    '1单元/210',
    '1单元/阁楼',
    '2单元/101',
  ]);
});

test('the next door is the neighbour, then the floor above, then the next entrance', () => {
  expect(nextDoor(building, '1单元/101', never)?.room.label).toBe('102');
  expect(nextDoor(building, '1单元/102', never)?.room.label).toBe('201');
  expect(nextDoor(building, '1单元/阁楼', never)?.room.id).toBe('2单元/101');
});

test('a door that was visited today is passed over', () => {
  expect(nextDoor(building, '1单元/101', (id) => id === '1单元/102')?.room.label).toBe('201');
});

test('after the last door there is none', () => {
  expect(nextDoor(building, '2单元/101', never)).toBeUndefined();
});

test('a room that is not in the layout has no next door', () => {
  expect(nextDoor(building, 'elsewhere', never)).toBeUndefined();
  expect(findDoor(building, 'elsewhere')).toBeUndefined();
});
