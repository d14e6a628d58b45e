/** P0 特急, P1 紧急, P2 一般, P3 疑难 */
export const TIERS = ['P0', 'P1', 'P2', 'P3'] as const;
export type Tier = (typeof TIERS)[number];

/** One version of the 15 classes and 118 items; items are disabled, never deleted. */
export interface Catalogue {
  version: number;
  classes: CatalogueClass[];
}

export interface CatalogueClass {
  /** Two letters, e.g. LD */
  code: string;
  name: string;
  nameEn: string;
  leadUnit: string;
  /** Toneless pinyin of the name, syllables apart by a space, ü as v. */
  pinyin: string;
  items: CatalogueItem[];
}

export interface CatalogueItem {
  /** Class and number, e.g. LD01 */
  code: string;
  name: string;
  nameEn: string;
  /** What may be logged under it. */
  kind: 'issue' | 'wish' | 'both';
  tier: Tier;
  leadUnit: string;
  sensitive: boolean;
  disabled: boolean;
  /** As people say it: 声控灯坏了 */
  sayings: string[];
  /** Toneless pinyin of the name, syllables apart by a space, ü as v. */
  pinyin: string;
  /** First letters of the pinyin. */
  initials: string;
  /** Pinyin of each saying, in the order of `sayings`. */
  sayingsPinyin: string[];
  /** A sentence to begin the wall card with, naming nobody. */
  cardText: string;
}
