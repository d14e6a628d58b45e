import { expect, test } from 'vitest';
import { levelOf, withFloor } from './layout.ts';

const floor = (label: string) => ({ id: label, label, rooms: [] });
const added = (labels: readonly string[], label: string): string[] => {
  const building = { entrances: [{ id: 'e', label: '1单元', floors: labels.map(floor) }] };
  return withFloor(building, 'e', floor(label)).entrances.flatMap(({ floors }) => floors.map((one) => one.label));
};

test('a further floor comes on top', () => {
  expect(added(['1层', '2层'], '3层')).toEqual(['1层', '2层', '3层']);
  expect(added(['1层', '2层'], '阁楼')).toEqual(['1层', '2层', '阁楼']);
  expect(added([], '1层')).toEqual(['1层']);
});

test('a floor that was left out comes where its figure says', () => {
  expect(added(['1层', '3层', '阁楼'], '2层')).toEqual(['1层', '2层', '3层', '阁楼']);
  expect(added(['2', '10'], '9')).toEqual(['2', '9', '10']);
  expect(added(['1层', '2层'], '地下1层')).toEqual(['地下1层', '1层', '2层']);
});

test('floors below the ground are told by how people write them', () => {
  expect(['地下2层', '负1层', 'B1', '-3', '12层', '阁楼'].map(levelOf)).toEqual([-2, -1, -1, -3, 12, null]);
});
