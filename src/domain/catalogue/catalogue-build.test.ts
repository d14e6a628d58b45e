import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toPinyin } from '../../server/catalogue/to-pinyin.ts';
import { buildCatalogue } from './catalogue-build.ts';
import { findClassOf, findItem } from './find-item.ts';

const catalogue = buildCatalogue(toPinyin);
const items = catalogue.classes.flatMap((catalogueClass) => catalogueClass.items);

/** The list as it was published; the TypeScript data must say the same. */
const published = readFileSync(new URL('../../../tests/support/catalogue.csv', import.meta.url), 'utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1);

describe('the catalogue, version 1', () => {
  test('has 15 classes and 118 items, 35 of them sensitive', () => {
    expect(catalogue.version).toBe(1);
    expect(catalogue.classes).toHaveLength(15);
    expect(items).toHaveLength(118);
    expect(items.filter((item) => item.sensitive)).toHaveLength(35);
  });

  test('says in every field what the published list says', () => {
    const rows = catalogue.classes.flatMap((catalogueClass) =>
      catalogueClass.items.map((item) =>
        [
          item.code,
          catalogueClass.code,
          catalogueClass.name,
          item.name,
          item.kind,
          item.tier,
          item.leadUnit,
          item.sensitive ? '1' : '0',
        ].join(','),
      ),
    );
    expect(rows).toEqual(published);
  });

  test('gives each item an English name, four sayings of its own and a card text that fits the wall', () => {
    const seen = new Set<string>();
    for (const item of items) {
      expect(item.nameEn, item.code).toMatch(/^[A-Z][\x20-\x7e]+$/);
      expect(item.sayings.length, item.code).toBeGreaterThanOrEqual(4);
      expect(item.cardText.length, item.code).toBeGreaterThan(10);
      expect(item.cardText.length, item.code).toBeLessThanOrEqual(200);
      for (const saying of item.sayings) {
        expect(seen.has(saying), `${item.code} ${saying}`).toBe(false);
        seen.add(saying);
      }
    }
  });

  test('has a card text without age, illness, disability or need of the person where the item is sensitive', () => {
    for (const item of items.filter((candidate) => candidate.sensitive)) {
      expect(item.cardText, item.code).not.toMatch(
        /老人|独居|残疾|失能|患|癌|病人|贫困|困境|单亲|低保|孤|军人|失业|儿童/,
      );
    }
  });

  test('carries pinyin and initials of every name and saying', () => {
    expect(findItem(catalogue, 'DL04')).toMatchObject({
      pinyin: 'lou dao deng sheng kong deng bu liang',
      initials: 'lddskdbl',
    });
    expect(findItem(catalogue, 'LH03')?.pinyin).toBe('hui lv zhan lv lv hua dai ge li lan');
    expect(findItem(catalogue, 'SB08')?.pinyin).toContain('dan qin jia ting');
    for (const item of items) {
      expect(item.sayingsPinyin).toHaveLength(item.sayings.length);
      for (const pinyin of [item.pinyin, ...item.sayingsPinyin])
        expect(pinyin, item.code).toMatch(/^[a-z]+( [a-z]+)*$/);
    }
  });

  test('finds an item and its class by code', () => {
    expect(findItem(catalogue, 'XS04')?.name).toBe('窗户、纱窗、玻璃修补或改装（含隔音窗）');
    expect(findClassOf(catalogue, 'XS04')?.name).toBe('房屋修缮与门窗');
    expect(findItem(catalogue, 'XS99')).toBeUndefined();
    expect(findItem(catalogue, 'QQ01')).toBeUndefined();
  });
});
