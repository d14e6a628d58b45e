/** One line of the bench: what was measured, over the limit that was measured beside it. */
export interface Figure {
  name: string;
  aim: number;
  ratio: number;
  ms: number;
  limitMs: number;
  runs: number;
  unit?: string;
  note?: string;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
};

export function printFigures(figures: readonly Figure[]): void {
  for (const { name, ratio, aim, ms, limitMs, runs, unit = '', note = '' } of figures) {
    console.log(
      `${name}: ${ratio.toFixed(2)}${unit} (aim ${aim}), ${ms.toFixed(0)} ms over ${limitMs.toFixed(0)} ms, ${runs} runs. ${note}`,
    );
  }
}
