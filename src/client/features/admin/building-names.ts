import { NAME_MAX } from '../../../domain/building/building-args.ts';

/** So many buildings at a time are still one glance at the preview. */
export const BUILDINGS_AT_ONCE = 60;

/** What a figure on its own is called: 3 → 3幢. */
const USUAL_SUFFIX = '幢';

const BETWEEN_NAMES = /[、，,;；\n]+/;
/** 1-7幢 · 1幢至7幢 · A1~A4号楼 */
const RANGE = /^(\D*)(\d{1,4})(\D*?)\s*(?:-|–|—|~|～|至|到)\s*(\D*?)(\d{1,4})(\D*)$/;
const NUMBER_ONLY = /^\d+$/;

function expandRange(part: string): { names: string[]; suffix: string } | null {
  const found = RANGE.exec(part);
  if (found === null) return null;
  const [, prefix = '', from = '', inner = '', secondPrefix = '', to = '', outer = ''] = found;
  const suffix = outer.trim() || inner.trim();
  // 3-1幢 is a name of its own, and so is what changes its words on the way.
  const isRange =
    Number(from) < Number(to) &&
    (secondPrefix.trim() === '' || secondPrefix.trim() === prefix.trim()) &&
    (inner.trim() === '' || inner.trim() === suffix);
  if (!isRange) return null;
  const count = Math.min(Number(to) - Number(from) + 1, BUILDINGS_AT_ONCE + 1);
  return { names: Array.from({ length: count }, (_, i) => `${prefix.trim()}${Number(from) + i}`), suffix };
}

/**
 * The names that somebody means by 「1–7幢」 or 「1、3、5幢」: ranges are written out, a figure without a word takes
 * the word that follows in the list, or 幢. In the order in which they were typed, each once.
 */
export function buildingNamesOf(typed: string): string[] {
  const parts = typed.split(BETWEEN_NAMES).map((part) => part.trim().replace(/\s+/g, ' '));
  const names: string[] = [];
  let suffix = USUAL_SUFFIX;
  for (const part of parts.filter((one) => one !== '').reverse()) {
    const range = expandRange(part);
    if (range !== null) {
      if (range.suffix !== '') suffix = range.suffix;
      names.unshift(...range.names.map((name) => `${name}${suffix}`));
    } else {
      const word = /\d\s*([^\d\s].*)$/.exec(part)?.[1];
      if (word !== undefined && !/\d/.test(word)) suffix = word;
      names.unshift(NUMBER_ONLY.test(part) ? `${part}${suffix}` : part);
    }
  }
  return [...new Set(names)];
}

export type NamesFault = 'missing' | 'tooMany' | 'long' | 'there';

/** What keeps these names from being made, and which one it is about. */
export function faultOfNames(
  names: readonly string[],
  existing: readonly string[],
): { fault: NamesFault; name: string } | null {
  if (names.length === 0) return { fault: 'missing', name: '' };
  if (names.length > BUILDINGS_AT_ONCE) return { fault: 'tooMany', name: '' };
  const long = names.find((name) => name.length > NAME_MAX);
  if (long !== undefined) return { fault: 'long', name: `${long.slice(0, 12)}…` };
  const there = names.find((name) => existing.includes(name));
  return there === undefined ? null : { fault: 'there', name: there };
}
