import { expect, test } from 'vitest';
import words from '../../../i18n/zh-CN/attention.json' with { type: 'json' };
import { decisionButtons, type Means } from './decision-buttons.ts';
import type { Decision } from './decisions.ts';

const means = (over: Partial<Means> = {}): Means => ({
  ...{ openPath: '/door/ticket/g/t', hasWords: true, isHandedOver: false, isAside: false },
  ...over,
});
const ALL: Decision[] = ['correct', 'handOver', 'copy', 'open', 'wall', 'claims', 'records', 'aside'];
const shown = (decisions: Decision[], over: Partial<Means> = {}): Decision[] =>
  decisionButtons(decisions, means(over)).map(({ decision }) => decision);
const pathOf = (decision: Decision, over: Partial<Means> = {}): string | undefined =>
  decisionButtons([decision], means(over))[0]?.to;

test('what is not possible has no button, and all else keeps its order', () => {
  expect(shown(ALL)).toEqual(ALL);
  for (const [missing, over] of [
    ['copy', { hasWords: false }],
    ['open', { openPath: undefined }],
    ['handOver', { isHandedOver: true }],
    ['aside', { isAside: true }],
  ] as const)
    expect(shown(ALL, over), missing).toEqual(ALL.filter((one) => one !== missing));
});

test('what is meant stands out, where it does something for the words, and nothing behind it', () => {
  const variants = (...decisions: Decision[]): string[] =>
    decisionButtons(decisions, means({ isHandedOver: true })).map(({ variant }) => variant);
  for (const first of ['correct', 'open'] as const)
    expect(variants(first, 'correct', 'open')).toEqual(['primary', 'secondary', 'secondary']);
  for (const first of ['copy', 'wall', 'claims', 'records', 'aside'] as const)
    expect(variants(first, 'correct')).toEqual(['secondary', 'secondary']);
  // The first of those that are left.
  expect(variants('handOver', 'correct')).toEqual(['primary']);
  expect(decisionButtons(['handOver'], means())[0]?.variant).toBe('primary');
});

test('a matter is corrected in its form and everything else on the card', () => {
  expect(pathOf('correct', { formPath: '/log?again=m' })).toBe('/log?again=m');
  for (const one of ['correct', 'handOver', 'copy', 'aside'] as const) expect(pathOf(one)).toBeUndefined();
  expect(pathOf('open')).toBe('/door/ticket/g/t');
  expect(['wall', 'claims', 'records'].map((one) => pathOf(one as Decision))).toEqual(['/wall', '/claims', '/records']);
});

test('what writes takes no second tap, and each has words', () => {
  const buttons = decisionButtons(ALL, means());
  expect(buttons.filter(({ writes }) => writes).map(({ decision }) => decision)).toEqual(['handOver', 'aside']);
  for (const { label } of buttons) {
    const [room, key] = label.split('.');
    if (room === 'attention') expect(words, label).toHaveProperty(key ?? '');
  }
});
