import { expect, test } from 'vitest';
import type { CatalogueItem } from '../../../domain/catalogue/catalogue.ts';
import { emptyForm, faultsOf, isWorthKeeping, kindFor, textFromSearch, type LogForm } from './log-form.ts';
import { placeInGrid } from './place-of.ts';

const item = (over: Partial<CatalogueItem> = {}): CatalogueItem => ({
  code: 'LD01',
  name: '楼道堆物',
  nameEn: 'Things piled up in the stairwell',
  kind: 'issue',
  tier: 'P2',
  leadUnit: '物业',
  sensitive: false,
  disabled: false,
  sayings: [],
  sayingsPinyin: [],
  pinyin: '',
  initials: '',
  cardText: '',
  ...over,
});
const whole: LogForm = { ...emptyForm(placeInGrid('c', 'g', '第一网格')), item: 'LD01', text: '二楼堆了纸箱' };

test('place, item and text are enough', () => {
  expect(faultsOf(whole, item())).toEqual([]);
});

test('what is missing is named in the order of the page', () => {
  expect(faultsOf({ ...emptyForm(), phone: '12' }, undefined)).toEqual(['place', 'item', 'textMissing', 'phone']);
});

test('a sensitive item needs the separate consent', () => {
  expect(faultsOf(whole, item({ sensitive: true }))).toEqual(['sensitive']);
  expect(faultsOf({ ...whole, sensitive: true }, item({ sensitive: true }))).toEqual([]);
});

test('a signature that was chosen must be there', () => {
  expect(faultsOf({ ...whole, how: 'signed' }, item())).toEqual(['signature']);
});

test('a text may be as long as the rules allow, no longer', () => {
  expect(faultsOf({ ...whole, text: '字'.repeat(2000) }, item())).toEqual([]);
  expect(faultsOf({ ...whole, text: '字'.repeat(2001) }, item())).toEqual(['textLong']);
});

test('an item that allows one kind only sets it', () => {
  expect([
    kindFor(item(), 'wish'),
    kindFor(item({ kind: 'wish' }), 'issue'),
    kindFor(item({ kind: 'both' }), 'wish'),
  ]).toEqual(['issue', 'wish', 'wish']);
});

test('a draft with only a place is not worth a word', () => {
  expect(isWorthKeeping(emptyForm(whole.place))).toBe(false);
  expect(isWorthKeeping({ ...emptyForm(), text: '灯' })).toBe(true);
});

test('Chinese that was typed in the search begins the text, pinyin does not', () => {
  expect(textFromSearch('', '声控灯坏了 ')).toBe('声控灯坏了');
  expect(textFromSearch('', 'lshd')).toBe('');
  expect(textFromSearch('已经写了', '声控灯坏了')).toBe('已经写了');
});

test('a telephone may be left out, but is no scribble', () => {
  const faults = (phone: string) => faultsOf({ ...whole, phone }, item());
  expect(['', ' 0571-8600 1234 ', '+86 138 0000 1234', '95598'].map(faults)).toEqual([[], [], [], []]);
  expect(['12', '1----2', '一三八', '138a0001234'].map(faults)).toEqual(Array(4).fill(['phone']));
});
