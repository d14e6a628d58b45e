import type { Catalogue, CatalogueItem } from './catalogue.ts';
import { indexOf, type CatalogueIndex, type IndexedItem, type Phrase } from './catalogue-index.ts';
import { blurPinyin, foldPinyin, pinyinScore } from './pinyin-match.ts';
import { coreText, gramsOf, plainText } from './search-text.ts';

export interface SearchOptions {
  /** Only items that take this kind. */
  kind?: 'issue' | 'wish';
  limit?: number;
}

const DEFAULT_LIMIT = 20;
/** More than a sentence tells no more and takes longer. */
const MAX_QUERY = 100;
/** Results under this share of the best one are noise and left out… */
const NOISE_SHARE = 0.2;
/** …but a saying hit word for word must not hide what else has those words: more than this is not asked of the best. */
const BEST_AT_MOST = 2;
/** Letters shorter than this fit nearly everything when zh and z, ng and n are taken for the same. */
const MIN_BLURRED_LETTERS = 4;

/**
 * The items that fit what was typed, best first: words as people say them, a free sentence, pinyin in full or cut
 * off, initials, a class's name, an item's code. Blank finds nothing; disabled items are never found.
 */
export function searchCatalogue(catalogue: Catalogue, query: string, options: SearchOptions = {}): CatalogueItem[] {
  const plain = plainText(query.slice(0, MAX_QUERY));
  if (plain === '') return [];
  const index = indexOf(catalogue);
  const { kind, limit = DEFAULT_LIMIT } = options;
  const entries = index.items.filter(({ item }) => !kind || item.kind === 'both' || item.kind === kind);

  let ranked = rank(entries, scorerFor(plain, index));
  if (ranked.length === 0 && /^[a-zü]+$/.test(plain) && plain.length >= MIN_BLURRED_LETTERS) {
    ranked = rank(
      entries,
      lettersScorer(blurPinyin(foldPinyin(plain)), (phrase) => phrase.blurred),
    );
  }
  return ranked.slice(0, limit);
}

type Scorer = (entry: IndexedItem) => number;

function rank(entries: IndexedItem[], scorer: Scorer): CatalogueItem[] {
  const scored = entries.map((entry) => ({ item: entry.item, score: scorer(entry) })).filter(({ score }) => score > 0);
  scored.sort((a, b) => b.score - a.score);
  const floor = Math.min(scored[0]?.score ?? 0, BEST_AT_MOST) * NOISE_SHARE;
  return scored.filter(({ score }) => score >= floor).map(({ item }) => item);
}

/** Letters are pinyin, the rest is text; 楼dao, half through the keyboard, is both. */
function scorerFor(plain: string, index: CatalogueIndex): Scorer {
  if (/^[a-z]{2}\d{2}$/.test(plain)) return ({ item }) => (item.code.toLowerCase() === plain ? 1 : 0);
  const letters = foldPinyin((plain.match(/[a-zü]+/g) ?? []).join(''));
  const text = plain.replace(/[a-zü]+/g, '');
  const byLetters = lettersScorer(letters, (phrase) => phrase.syllables);
  const byText = textScorer(text, index);
  if (letters === '') return byText;
  if (text === '') return byLetters;
  return (entry) => byText(entry) + byLetters(entry);
}

/** A name counts more than a saying, a saying more than the class, whose items all share it. */
const NAME = 1;
const SAYING = 0.9;
const CLASS = 0.45;
/** An item that many of its sayings speak of comes before one that is mentioned in passing. */
const OFTEN = 0.3;

function lettersScorer(letters: string, syllablesOf: (phrase: Phrase) => string[]): Scorer {
  return ({ phrases, className }) => {
    const scores = phrases.map((phrase, i) => (i === 0 ? NAME : SAYING) * pinyinScore(letters, syllablesOf(phrase)));
    const often = scores.filter((score) => score > 0).length / scores.length;
    return Math.max(...scores, CLASS * pinyinScore(letters, syllablesOf(className))) + OFTEN * often;
  };
}

const CLASS_WORDS = 0.2;

function textScorer(text: string, index: CatalogueIndex): Scorer {
  const core = coreText(text);
  const grams = [...gramsOf(core)].map((gram) => ({ gram, weight: index.weightOf(gram) }));
  const total = grams.reduce((sum, { weight }) => sum + weight, 0);
  const share = (held: Set<string>) =>
    grams.reduce((sum, { gram, weight }) => (held.has(gram) ? sum + weight : sum), 0) / total;

  return ({ phrases, grams: all, className }) => {
    let phraseBest = CLASS * wholeScore(text, core, className);
    let shareBest = 0;
    phrases.forEach((phrase, i) => {
      phraseBest = Math.max(phraseBest, (i === 0 ? NAME : SAYING) * wholeScore(text, core, phrase));
      // Of two phrases with the same words in common the shorter fits better.
      const weight = [...phrase.grams].reduce((sum, gram) => sum + index.weightOf(gram), 0);
      shareBest = Math.max(shareBest, share(phrase.grams) * Math.sqrt(total / Math.max(total, weight)));
    });
    return 2 * phraseBest + share(all) + shareBest + CLASS_WORDS * share(className.grams);
  };
}

/** 1 for the same words, less where one holds the other, 0 where neither does. */
function wholeScore(text: string, core: string, phrase: Phrase): number {
  if (text === phrase.plain) return 1;
  if (core === phrase.core) return 0.95;
  if (phrase.core.includes(core)) return 0.5 + 0.3 * (core.length / phrase.core.length);
  if (phrase.core.length >= 2 && core.includes(phrase.core)) return 0.4 + 0.4 * (phrase.core.length / core.length);
  return 0;
}
