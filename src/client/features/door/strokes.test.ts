import * as v from 'valibot';
import { expect, test } from 'vitest';
import { consentSchema, SIGNATURE_MAX_BYTES } from '../../../domain/consent/consent.ts';
import { pathOf, strokesOf } from './strokes.ts';

test('points are kept in a box of their own, whatever the size of the glass', () => {
  expect(
    strokesOf(
      [
        [
          { x: 0, y: 0 },
          { x: 160, y: 50 },
        ],
      ],
      320,
      100,
    ),
  ).toEqual([[0, 0, 500, 500]]);
});

test('a pen that left the glass stays at its edge', () => {
  expect(strokesOf([[{ x: -5, y: 130 }]], 320, 100)).toEqual([[0, 1000]]);
});

test('the longest signature fits the mutation and still ends where the pen did', () => {
  const long = Array.from({ length: 5000 }, (_, at) => ({ x: at % 320, y: at % 100 }));
  const strokes = strokesOf(
    Array.from({ length: 80 }, () => long),
    320,
    100,
  );
  expect(JSON.stringify(strokes).length).toBeLessThanOrEqual(SIGNATURE_MAX_BYTES);
  expect(strokes[0]?.slice(-2)).toEqual([622, 990]);
  const consent = { version: '1', how: 'signed', record: true, publish: false, sensitive: null, signature: strokes };
  expect(v.safeParse(consentSchema, consent).success).toBe(true);
});

test('strokes draw as a path', () => {
  expect(
    pathOf([
      [0, 0, 5, 6],
      [7, 8],
    ]),
  ).toBe('M0,0L5,6M7,8');
});
