/** What one measure came to: work against a limit that was measured in the same run. */
export interface Figure {
  name: string;
  /** The ratio that is aimed at: at most this, or at least this where `atLeast` says so. */
  aim: number;
  atLeast?: boolean;
  /** The median of what each pair came to, and the ends between which all of them lie. */
  ratio: number;
  lowest: number;
  highest: number;
  /** Medians, in milliseconds unless `unit` says otherwise. */
  ms: number;
  limitMs: number;
  runs: number;
  unit?: string;
  note?: string;
}

export interface Pair {
  ms: number;
  limitMs: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** The medians of interleaved runs, and the median of the ratios of each pair: what slows one slows both. */
export function figureOf<P extends Pair>(
  what: Pick<Figure, 'name' | 'aim' | 'unit' | 'note' | 'atLeast'>,
  pairs: readonly P[],
  ratioOf: (pair: P) => number = ({ ms, limitMs }) => ms / limitMs,
): Figure {
  const ratios = pairs.map(ratioOf);
  return {
    ...what,
    ratio: rounded(median(ratios)),
    lowest: rounded(Math.min(...ratios)),
    highest: rounded(Math.max(...ratios)),
    ms: rounded(median(pairs.map(({ ms }) => ms))),
    limitMs: rounded(median(pairs.map(({ limitMs }) => limitMs))),
    runs: pairs.length,
  };
}

export const isReached = ({ ratio, aim, atLeast }: Figure): boolean => (atLeast === true ? ratio >= aim : ratio <= aim);
