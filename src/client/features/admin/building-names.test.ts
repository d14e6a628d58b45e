import { expect, test } from 'vitest';
import { BUILDINGS_AT_ONCE, buildingNamesOf, faultOfNames } from './building-names.ts';

const seven = ['1幢', '2幢', '3幢', '4幢', '5幢', '6幢', '7幢'];

test.each(['1–7幢', '1-7幢', '1—7 幢', '1 ~ 7幢', '1幢至7幢', '1幢-7幢', '1到7幢', '1-7'])(
  '%s is seven buildings',
  (typed) => {
    expect(buildingNamesOf(typed)).toEqual(seven);
  },
);

test('a range keeps the words around its figures', () => {
  expect(buildingNamesOf('A1-A3号楼')).toEqual(['A1号楼', 'A2号楼', 'A3号楼']);
  expect(buildingNamesOf('北区 9～11号')).toEqual(['北区9号', '北区10号', '北区11号']);
});

test('figures in a list take the word that follows them', () => {
  expect(buildingNamesOf('1、3，5,8号')).toEqual(['1号', '3号', '5号', '8号']);
  expect(buildingNamesOf('1-3、5幢')).toEqual(['1幢', '2幢', '3幢', '5幢']);
  expect(buildingNamesOf('2\n4')).toEqual(['2幢', '4幢']);
});

test('a name is left as it is', () => {
  expect(buildingNamesOf('东楼、 114号 ；老  年公寓')).toEqual(['东楼', '114号', '老 年公寓']);
  expect(buildingNamesOf('3-1幢')).toEqual(['3-1幢']);
  expect(buildingNamesOf('1号-7幢')).toEqual(['1号-7幢']);
  expect(buildingNamesOf('A1-B3幢')).toEqual(['A1-B3幢']);
});

test('a name that is typed twice is one building', () => {
  expect(buildingNamesOf('1-3幢、2幢')).toEqual(['1幢', '2幢', '3幢']);
});

test('nothing typed is no building', () => {
  expect(buildingNamesOf(' 、 ')).toEqual([]);
  expect(faultOfNames([], [])).toEqual({ fault: 'missing', name: '' });
});

test('too many, too long and already there are each told', () => {
  expect(faultOfNames(buildingNamesOf('1-9999幢'), [])?.fault).toBe('tooMany');
  expect(faultOfNames(buildingNamesOf(`1-${BUILDINGS_AT_ONCE}幢`), [])).toBeNull();
  expect(faultOfNames(['长'.repeat(61)], [])?.fault).toBe('long');
  expect(faultOfNames(seven, ['3幢', '9幢'])).toEqual({ fault: 'there', name: '3幢' });
});
