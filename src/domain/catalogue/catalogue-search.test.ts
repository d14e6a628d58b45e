import { describe, expect, test } from 'vitest';
import { heldOutSayings } from '../../../tests/support/held-out-sayings.ts';
import { toPinyin } from '../../server/catalogue/to-pinyin.ts';
import type { Catalogue } from './catalogue.ts';
import { buildCatalogue } from './catalogue-build.ts';
import { searchCatalogue, type SearchOptions } from './catalogue-search.ts';

const catalogue = buildCatalogue(toPinyin);
const items = catalogue.classes.flatMap((catalogueClass) => catalogueClass.items);
const codes = (query: string, options?: SearchOptions): string[] =>
  searchCatalogue(catalogue, query, options).map((item) => item.code);
const firstFive = (query: string): string[] => codes(query, { limit: 5 });

describe('every item is among the first five', () => {
  const missing = (waysOf: (item: (typeof items)[number]) => string[]): string[] =>
    items.flatMap((item) =>
      waysOf(item)
        .filter((way) => !firstFive(way).includes(item.code))
        .map((way) => `${item.code} ${way}`),
    );

  test('by its name', () => expect(missing((item) => [item.name])).toEqual([]));
  test('by its pinyin, with spaces and without', () =>
    expect(missing((item) => [item.pinyin, item.pinyin.replaceAll(' ', '')])).toEqual([]));
  test('by its initials', () => expect(missing((item) => [item.initials, item.initials.toUpperCase()])).toEqual([]));
  test('by every saying', () => expect(missing((item) => item.sayings)).toEqual([]));
  test('by the pinyin and the initials of every saying', () =>
    expect(
      missing((item) =>
        item.sayingsPinyin.flatMap((pinyin) => [
          pinyin.replaceAll(' ', ''),
          pinyin
            .split(' ')
            .map((syllable) => syllable.charAt(0))
            .join(''),
        ]),
      ),
    ).toEqual([]));
});

test('at least nine in ten sentences that are in no list find their item among the first five', () => {
  const listed = new Set(items.flatMap((item) => [item.name, ...item.sayings]));
  expect(heldOutSayings.filter(([, saying]) => listed.has(saying))).toEqual([]);
  const missed = heldOutSayings.filter(([code, saying]) => !firstFive(saying).includes(code));
  expect(missed.length / heldOutSayings.length, JSON.stringify(missed)).toBeLessThanOrEqual(0.1);
});

describe('what a volunteer types', () => {
  test.each([
    ['loudao', 'LD02'],
    ['loudaod', 'DL04'],
    ['LOU DAO DENG', 'DL04'],
    ['ldd', 'DL04'],
    ['lddbl', 'DL04'],
    ['lshd', 'XS06'],
    ['lsds', 'XS06'],
    ['lvhua', 'LH03'],
    ['luhua', 'LH03'],
    ['楼dao灯', 'DL04'],
    ['我家楼道的灯不亮了', 'DL04'],
    ['楼道的灯，不亮了！', 'DL04'],
    ['声控灯坏了', 'DL04'],
    ['楼下电瓶车乱停', 'TC04'],
    ['信报箱破损', 'WY09'],
    ['购买多年房屋户口尚未迁移', 'HJ01'],
    ['修补纱窗', 'XS04'],
    ['绿化带隔离栏', 'LH03'],
    ['淘宝群租', 'ZA04'],
    ['停车', 'TC01'],
    ['消防安全隐患', 'XF02'],
    ['hkqy', 'HJ01'],
    ['tcyjt', 'TC01'],
    ['dl04', 'DL04'],
  ])('%s finds %s', (query, code) => {
    expect(firstFive(query)).toContain(code);
  });

  test('letters that southern ears mix up still find the item', () => {
    expect(firstFive('zuangxiutaicao')).toContain('ZS01');
    expect(firstFive('senkongden')).toContain('DL04');
  });

  test('a class, by name or initials, gives its items', () => {
    expect(codes('养老助残').filter((code) => code.startsWith('YL'))).toHaveLength(9);
    expect(
      codes('ylzc')
        .slice(0, 9)
        .every((code) => code.startsWith('YL')),
    ).toBe(true);
  });

  test('nothing typed, or nothing that fits, finds nothing', () => {
    expect(codes('')).toEqual([]);
    expect(codes('  ，。')).toEqual([]);
    expect(codes('qqqqq')).toEqual([]);
    expect(codes('zz99')).toEqual([]);
  });
});

describe('what is left out', () => {
  test('items of the other kind', () => {
    expect(codes('轮椅', { kind: 'wish' })).toContain('YL07');
    expect(codes('轮椅', { kind: 'issue' })).not.toContain('YL07');
    expect(codes('楼道灯', { kind: 'wish' })).toContain('DL04');
  });

  test('disabled items', () => {
    const without: Catalogue = {
      ...catalogue,
      classes: catalogue.classes.map((catalogueClass) => ({
        ...catalogueClass,
        items: catalogueClass.items.map((item) => (item.code === 'DL04' ? { ...item, disabled: true } : item)),
      })),
    };
    const found = searchCatalogue(without, '声控灯坏了').map((item) => item.code);
    expect(found).not.toContain('DL04');
    expect(found).not.toEqual([]);
  });

  test('more than the limit', () => {
    expect(codes('水', { limit: 3 })).toHaveLength(3);
    expect(codes('l').length).toBeLessThanOrEqual(20);
  });
});

test('a search takes a few milliseconds', () => {
  const queries = ['我家楼道的灯不亮了有没有人来修一修', 'loudaodengbuliang', 'shshshshshshsh', '水'.repeat(2000)];
  for (const query of queries) searchCatalogue(catalogue, query);
  const started = performance.now();
  for (let i = 0; i < 20; i += 1) for (const query of queries) searchCatalogue(catalogue, query);
  // About 0.5 ms on a quiet machine; the limit leaves room for a busy one.
  expect((performance.now() - started) / (20 * queries.length)).toBeLessThan(10);
});
