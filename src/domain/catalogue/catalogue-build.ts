import type { Catalogue, CatalogueItem } from './catalogue.ts';
import type { ClassSource, ItemSource } from './catalogue-source.ts';
import { catalogueV1 } from './catalogue-v1.ts';

/** Toneless syllables of a Chinese text, in order. Passed in: the tables for it are large and the domain stays small. */
export type ToPinyin = (text: string) => string[];

/** The catalogue that seeds an office: version 1 with its pinyin. Pure; the same in, the same out. */
export function buildCatalogue(toPinyin: ToPinyin): Catalogue {
  return {
    version: catalogueV1.version,
    classes: catalogueV1.classes.map((source) => ({
      code: source.code,
      name: source.name,
      nameEn: source.nameEn,
      leadUnit: source.leadUnit,
      pinyin: syllablesOf(source.name, toPinyin),
      items: source.items.map((item) => buildItem(item, source, toPinyin)),
    })),
  };
}

function buildItem(item: ItemSource, source: ClassSource, toPinyin: ToPinyin): CatalogueItem {
  const pinyin = syllablesOf(item.name, toPinyin);
  return {
    ...item,
    sayings: [...item.sayings],
    leadUnit: source.leadUnit,
    disabled: false,
    pinyin,
    initials: pinyin
      .split(' ')
      .map((syllable) => syllable.charAt(0))
      .join(''),
    sayingsPinyin: item.sayings.map((saying) => syllablesOf(saying, toPinyin)),
  };
}

/** ü is written v, as on every keyboard; whatever is not a syllable (punctuation, figures) falls out. */
function syllablesOf(text: string, toPinyin: ToPinyin): string {
  return toPinyin(text)
    .map((syllable) => syllable.toLowerCase().replaceAll('ü', 'v'))
    .filter((syllable) => /^[a-z]+$/.test(syllable))
    .join(' ');
}
