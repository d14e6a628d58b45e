import { expect, test } from 'vitest';
import { copyLayout, countLayout, layoutOf, levelsOf, type LayoutPlan } from './layout-plan.ts';

const counter = (): (() => string) => {
  let last = 0;
  return () => String(++last);
};
const plan = (over: Partial<LayoutPlan>): LayoutPlan => ({
  entrances: [{ floors: 2, doors: 2 }],
  firstFloor: 1,
  skipped: [],
  numbering: 'restart',
  ...over,
});
const labels = (over: Partial<LayoutPlan>) =>
  layoutOf(plan(over), counter()).map(({ label, floors }) => [
    label,
    ...floors.map((floor) => `${floor.label} ${floor.rooms.map((room) => room.label).join(' ')}`),
  ]);

test('doors are numbered by floor and place, from the ground up', () => {
  expect(labels({})).toEqual([['1单元', '1层 101 102', '2层 201 202']]);
});

test('every entrance begins at 01 again', () => {
  expect(
    labels({
      entrances: [
        { floors: 1, doors: 2 },
        { floors: 1, doors: 3 },
      ],
    }),
  ).toEqual([
    ['1单元', '1层 101 102'],
    ['2单元', '1层 101 102 103'],
  ]);
});

test('numbers can run on through the entrances of a floor', () => {
  const entrances = [
    { floors: 2, doors: 2 },
    { floors: 1, doors: 3 },
    { floors: 2, doors: 1 },
  ];
  expect(labels({ entrances, numbering: 'through' })).toEqual([
    ['1单元', '1层 101 102', '2层 201 202'],
    ['2单元', '1层 103 104 105'],
    ['3单元', '1层 106', '2层 206'],
  ]);
});

test('floors begin where people live and leave out what the house leaves out', () => {
  expect(levelsOf(4, 2, [4])).toEqual([2, 3, 5, 6]);
  expect(levelsOf(3, -1, [])).toEqual([-1, 1, 2]);
  expect(labels({ entrances: [{ floors: 2, doors: 1 }], firstFloor: 3, skipped: [4] })).toEqual([
    ['1单元', '3层 301', '5层 501'],
  ]);
});

test('doors above the ninth and floors above the ninth keep two figures for the door', () => {
  const [entrance] = layoutOf(plan({ entrances: [{ floors: 12, doors: 11 }] }), counter());
  expect(entrance?.floors.at(-1)?.rooms.at(-1)?.label).toBe('1211');
});

test('no two parts share an id, in a copy neither', () => {
  const newId = counter();
  const first = layoutOf(
    plan({
      entrances: [
        { floors: 3, doors: 2 },
        { floors: 1, doors: 0 },
      ],
    }),
    newId,
  );
  const copy = copyLayout(first, newId);
  const ids = [...first, ...copy].flatMap((entrance) => [
    entrance.id,
    ...entrance.floors.flatMap((floor) => [floor.id, ...floor.rooms.map(({ id }) => id)]),
  ]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(countLayout(copy)).toEqual({ entrances: 2, floors: 4, doors: 6 });
});
