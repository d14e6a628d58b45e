import { expect, test } from 'vitest';
import { layoutOf } from './layout-plan.ts';
import { emptyMakerForm, faultOfMaker, layoutFor, planOf, withEach } from './maker-form.ts';

const newId = (): string => 'id';
const form = { ...emptyMakerForm(), names: '1-7幢' };

test('one row of numbers stands for every entrance', () => {
  expect(planOf({ ...form, count: 2, floors: 4, doors: 3 }).entrances).toEqual([
    { floors: 4, doors: 3 },
    { floors: 4, doors: 3 },
  ]);
});

test('entrances that differ begin as they were, and then go their own way', () => {
  const each = withEach({ ...form, count: 3, floors: 3 });
  expect(planOf(each).entrances).toEqual(Array.from({ length: 3 }, () => ({ floors: 3, doors: 2 })));
  each.each[0] = { floors: 4, doors: 2 };
  expect(layoutFor(each, undefined, newId).map(({ floors }) => floors.length)).toEqual([4, 3, 3]);
});

test('floors that are left out are read from any list of figures', () => {
  expect(planOf({ ...form, skipped: '4、13， 14' }).skipped).toEqual([4, 13, 14]);
});

test('a building that looks like another has its labels and its own ids', () => {
  const model = [{ id: 'e', label: '院内', floors: [{ id: 'f', label: '楼上', rooms: [{ id: 'r', label: '东间' }] }] }];
  expect(layoutFor(form, model, newId)).toEqual([
    { id: 'id', label: '院内', floors: [{ id: 'id', label: '楼上', rooms: [{ id: 'id', label: '东间' }] }] },
  ]);
});

test('names come first, then doors: none, or more than one building takes', () => {
  const layout = layoutOf(planOf(form), newId);
  expect(faultOfMaker({ ...form, names: '' }, layout, [])?.fault).toBe('missing');
  expect(faultOfMaker(form, layout, ['7幢'])).toEqual({ fault: 'there', name: '7幢' });
  expect(faultOfMaker(form, [], [])?.fault).toBe('empty');
  const huge = layoutOf(planOf({ ...form, count: 40, floors: 40, doors: 4 }), newId);
  expect(faultOfMaker(form, huge, [])?.fault).toBe('tooLarge');
  expect(faultOfMaker(form, layout, [])).toBeNull();
});
