import { expect, test } from 'vitest';
import type { Waiting } from '../../../sync/engine-api.ts';
import { refusedChanges } from './refused-changes.ts';

const room = { id: 'r301', label: '301' };
const building = {
  name: '3幢',
  estateId: 'e',
  gridId: 'g',
  entrances: [{ id: 'e1', label: '1单元', floors: [{ id: 'f3', label: '3层', rooms: [room] }] }],
};
const change = (
  name: string,
  args: object,
  over: { aside?: boolean; code?: string; about?: string } = {},
): Waiting => ({
  row: {
    mid: name,
    space: 'community:c',
    seq: 1,
    name,
    v: 1,
    args,
    at: 0,
    saveId: 's',
    about: { kind: 'building', id: over.about ?? 'b' },
    asideAt: over.aside ? 1 : null,
    settledAt: null,
  },
  state: 'attention',
  receipt:
    over.code === undefined ? null : { seq: 1, mid: name, status: 'rejected', code: over.code, data: {}, ver: 1 },
});

test('a removal that was refused names the part that still stands', () => {
  const refused = change('building.removePart', { id: 'b', partId: 'r301' }, { code: 'inUse' });
  expect(refusedChanges([refused], 'b', building)).toEqual([
    { mid: 'building.removePart', what: 'remove', name: '1单元 301', code: 'inUse', data: {} },
  ]);
});

test('an entrance and the building are called by their own names', () => {
  const refused = [
    change('building.relabel', { id: 'b', partId: 'e1', label: {} }, { code: 'notFound' }),
    change('building.rename', { id: 'b', name: {} }, { code: 'forbidden' }),
  ];
  expect(refusedChanges(refused, 'b', building).map(({ name }) => name)).toEqual(['3幢', '1单元']);
});

test('an addition that was refused is named as it was written', () => {
  const refused = change(
    'building.addRoom',
    { entranceId: 'e1', floorId: 'f3', room: { id: 'x', label: '303' } },
    { code: 'exists' },
  );
  expect(refusedChanges([refused], 'b', building)[0]).toMatchObject({ what: 'add', name: '1单元 303' });
});

test('what waits, what was put aside and what is about another building is not told', () => {
  const args = { id: 'b', partId: 'r301' };
  const others = [
    change('building.removePart', args),
    change('building.removePart', args, { code: 'inUse', aside: true }),
    change('building.removePart', args, { code: 'inUse', about: 'other' }),
    change('estate.rename', args, { code: 'forbidden' }),
  ];
  expect(refusedChanges(others, 'b', building)).toEqual([]);
});
