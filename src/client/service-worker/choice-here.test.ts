import { expect, test } from 'vitest';
import { STORAGE_KEYS } from '../stores/storage-keys.ts';
import { choiceHere, PREFERENCES } from './choice-here.ts';

const GO = { photosPaused: false, photosOverWifi: false };

test('the worker looks where the page writes', () => {
  expect(PREFERENCES).toBe(STORAGE_KEYS.preferences);
});

test.each([
  [{}, GO],
  [
    { elder: true, photosPaused: true },
    { ...GO, photosPaused: true },
  ],
  [{ photosOverWifi: true }, { ...GO, photosOverWifi: true }],
])('BS1: with %o chosen it does as a page would', (chosen, choice) => {
  expect(choiceHere(new Map([[PREFERENCES, chosen]]))).toEqual(choice);
});

test.each([[new Map()], [new Map([[PREFERENCES, null]])], [new Map([[PREFERENCES, { photosPaused: 'no' }]])]])(
  'BS1: from %o it does not know what was chosen, and leaves photos to a page',
  (kept) => {
    expect(choiceHere(kept)).toMatchObject({ photosPaused: true });
  },
);
