import { isReached } from './figure.ts';
import type { Figure } from './figure.ts';

const HEAD = ['figure', 'ratio', 'aim', 'work', 'limit', 'runs', ''];

const shown = (value: number, unit: string): string => `${value >= 100 ? value.toFixed(0) : value.toFixed(2)} ${unit}`;

function lineOf(figure: Figure): string[] {
  const { name, ratio, aim, atLeast, ms, limitMs, runs, unit = 'ms', note = '' } = figure;
  const word = isReached(figure) ? 'reached' : 'NOT REACHED';
  const sign = atLeast === true ? '≥' : '≤';
  return [
    name,
    ratio.toFixed(3),
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
