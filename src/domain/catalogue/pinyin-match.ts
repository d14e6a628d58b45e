/** What a keyboard cannot tell apart: ü is typed v or u. */
export const foldPinyin = (letters: string): string => letters.replace(/[vü]/g, 'u');

/** What southern ears cannot tell apart: zh/z, ch/c, sh/s, -ng/-n. */
export const blurPinyin = (letters: string): string => letters.replace(/([zcs])h/g, '$1').replace(/ng/g, 'n');

/**
 * How well typed letters fit a run of syllables, 0 (not at all) to 1 (the whole of it). Each syllable may be
 * given in full, by its first letter or by zh, ch, sh; the last one may be cut off: loudao, ldd, loud, lshd.
 * A run that begins the text beats one inside it, and a longer share of the text beats a shorter.
 */
export function pinyinScore(letters: string, syllables: readonly string[]): number {
  let best = 0;
  for (let start = 0; start < syllables.length; start += 1) {
    const used = mostSyllables(letters, syllables, start);
    if (used === 0) continue;
    const score = 0.5 + (start === 0 ? 0.2 : 0) + 0.3 * (used / syllables.length);
    if (score > best) best = score;
  }
  return best;
}

/** The largest number of syllables from `start` on that the letters can stand for; 0 where they cannot. */
function mostSyllables(letters: string, syllables: readonly string[], start: number): number {
  const syllable = syllables[start];
  if (syllable === undefined || letters.charAt(0) !== syllable.charAt(0)) return 0;
  if (syllable.startsWith(letters)) return 1;
  let best = 0;
  for (const length of new Set([1, /^[zcs]h/.test(syllable) ? 2 : 1, syllable.length])) {
    if (!letters.startsWith(syllable.slice(0, length))) continue;
    const rest = mostSyllables(letters.slice(length), syllables, start + 1);
    if (rest > 0) best = Math.max(best, rest + 1);
  }
  return best;
}
