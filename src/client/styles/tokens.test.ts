// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The custom properties of the n-th block that follows this selector. */
function block(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`no block ${selector}`);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((m) => [m[1] ?? '', (m[2] ?? '').trim()]),
  );
}

const light = block(':root');
const dark = { ...light, ...block("html[data-theme='dark']") };
const elderLight = { ...light, ...block("html[data-mode='elder']:not([data-theme='dark'])") };
const elderDark = { ...dark, ...block("html[data-mode='elder'][data-theme='dark']") };

function luminance(hex: string): number {
  if (!/^#[0-9a-f]{6}$/.test(hex)) throw new Error(`not a colour: ${hex}`);
  const channel = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const TONES = ['primary', 'good', 'warn', 'info', 'alarm'];
const GROUNDS = ['ground', 'surface', 'surface-raised', 'sunken'];
const TEXT_PAIRS: [string, string][] = [
  ...['ink', 'ink-soft', ...TONES].flatMap((text) => GROUNDS.map((ground): [string, string] => [text, ground])),
  ...TONES.map((tone): [string, string] => [tone, `${tone}-soft`]),
  ...TONES.flatMap((tone): [string, string][] => [
    ['ink', `${tone}-soft`],
    ['ink-soft', `${tone}-soft`],
  ]),
  ['on-primary', 'primary'],
  ['on-primary', 'primary-press'],
];
/** Edges of controls and the focus ring: 3:1, in 长辈版 4.5:1. */
const EDGE_PAIRS: [string, string][] = ['line-strong', 'focus'].flatMap((edge) =>
  ['ground', 'surface'].map((ground): [string, string] => [edge, ground]),
);

test.each([
  ['light', light, 4.5, 3],
  ['dark', dark, 4.5, 3],
  ['长辈版 light', elderLight, 7, 4.5],
  ['长辈版 dark', elderDark, 7, 4.5],
] as const)('%s: every text stands out from its ground', (_mode, tokens, text, edge) => {
  const weak = [...TEXT_PAIRS.map((p) => [...p, text] as const), ...EDGE_PAIRS.map((p) => [...p, edge] as const)]
    .map(([fore, back, least]) => ({
      pair: `${fore} on ${back}`,
      ratio: contrast(tokens[fore] ?? '', tokens[back] ?? ''),
      least,
    }))
    .filter(({ ratio, least }) => ratio < least)
    .map(({ pair, ratio, least }) => `${pair}: ${ratio.toFixed(2)} < ${least}`);

  expect(weak).toEqual([]);
});

test('the automatic dark and the chosen dark are one list', () => {
  expect(block('html:not([data-theme])')).toEqual(block("html[data-theme='dark']"));
  expect(block("html[data-mode='elder']:not([data-theme])")).toEqual(
    block("html[data-mode='elder'][data-theme='dark']"),
  );
});
