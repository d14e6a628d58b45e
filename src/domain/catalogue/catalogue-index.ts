import type { Catalogue, CatalogueClass, CatalogueItem } from './catalogue.ts';
import { blurPinyin, foldPinyin } from './pinyin-match.ts';
import { coreText, gramsOf, plainText } from './search-text.ts';

/** One way of putting an item into words: its name or a saying. */
export interface Phrase {
  plain: string;
  core: string;
  grams: Set<string>;
  syllables: string[];
  blurred: string[];
}

export interface IndexedItem {
  item: CatalogueItem;
  /** The name first, then the sayings. */
  phrases: Phrase[];
  className: Phrase;
  /** Every gram of every phrase. */
  grams: Set<string>;
}

export interface CatalogueIndex {
  items: IndexedItem[];
  /** How much a gram tells: the fewer items have it, the more. */
  weightOf(gram: string): number;
}

const indexes = new WeakMap<Catalogue, CatalogueIndex>();

/** The search index of a catalogue, made once for each catalogue object. */
export function indexOf(catalogue: Catalogue): CatalogueIndex {
  let index = indexes.get(catalogue);
  if (!index) {
    index = buildIndex(catalogue);
    indexes.set(catalogue, index);
  }
  return index;
}

function buildIndex(catalogue: Catalogue): CatalogueIndex {
  const items = catalogue.classes.flatMap(indexClass);
  const holders = new Map<string, number>();
  for (const { grams } of items) for (const gram of grams) holders.set(gram, (holders.get(gram) ?? 0) + 1);
  return {
    items,
    weightOf: (gram) => {
      const weight = Math.log(1 + items.length / (holders.get(gram) ?? 1));
      return gram.length === 1 ? weight * SINGLE_CHARACTER : weight;
    },
  };
}

/** One character says less than two: 水 is in a dozen items, 水压 in one. */
const SINGLE_CHARACTER = 0.5;

function indexClass(catalogueClass: CatalogueClass): IndexedItem[] {
  const className = phraseOf(catalogueClass.name, catalogueClass.pinyin);
  return catalogueClass.items
    .filter((item) => !item.disabled)
    .map((item) => {
      const phrases = [
        phraseOf(item.name, item.pinyin),
        ...item.sayings.map((saying, i) => phraseOf(saying, item.sayingsPinyin[i] ?? '')),
      ];
      return { item, phrases, className, grams: new Set(phrases.flatMap((phrase) => [...phrase.grams])) };
    });
}

function phraseOf(text: string, pinyin: string): Phrase {
  const plain = plainText(text);
  const core = coreText(plain);
  const syllables = pinyin === '' ? [] : foldPinyin(pinyin).split(' ');
  return { plain, core, grams: gramsOf(core), syllables, blurred: syllables.map(blurPinyin) };
}
