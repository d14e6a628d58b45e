import { isReached } from './figure.ts';
import type { Figure } from './figure.ts';

const HEAD = ['figure', 'ratio', 'lowest–highest', 'aim', 'work', 'limit', 'runs', ''];

/** What a reader who divides the columns has to know. */
export const RULE =
  'ratio: the median of the ratios of the pairs, each of which ran side by side, unless the note says otherwise;\n' +
  'work and limit: the median of each for itself. So ratio is not work / limit, and lowest–highest says how far pairs lie apart.';

const shown = (value: number, unit: string): string => `${value >= 100 ? value.toFixed(0) : value.toFixed(2)} ${unit}`;

function lineOf(figure: Figure): string[] {
  const { name, ratio, lowest, highest, aim, atLeast, ms, limitMs, runs, unit = 'ms', note = '' } = figure;
  const word = isReached(figure) ? 'reached' : 'NOT REACHED';
  const sign = atLeast === true ? '≥' : '≤';
  return [
    name,
    ratio.toFixed(3),
    `${lowest.toFixed(2)}–${highest.toFixed(2)}`,
    `${sign} ${aim}`,
    shown(ms, unit),
    shown(limitMs, unit),
    String(runs),
    note === '' ? word : `${word}; ${note}`,
  ];
}

/** The figures as a table of text. */
export function tableOf(figures: readonly Figure[]): string {
  const lines = [HEAD, ...figures.map(lineOf)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, n) => cell.padEnd(widths[n] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
