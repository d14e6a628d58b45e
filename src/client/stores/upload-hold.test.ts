// @vitest-environment jsdom
import { createPinia, disposePinia, setActivePinia } from 'pinia';
import type { Pinia } from 'pinia';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nextTick } from 'vue';
import { usePreferences } from './preferences.ts';
import { STORAGE_KEYS } from './storage-keys.ts';
import { knowsWifi } from '../platform/line.ts';
import { onHoldChange, uploadHold } from './upload-hold.ts';

let pinia: Pinia;

beforeEach(() => {
  localStorage.clear();
  pinia = createPinia();
  setActivePinia(pinia);
});
afterEach(() => {
  // Its stores would go on listening.
  disposePinia(pinia);
  Reflect.deleteProperty(navigator, 'connection');
});

/** A browser that says what its line is, and when that changes. */
function line(type: string | undefined): EventTarget & { type?: string | undefined } {
  const connection = Object.assign(new EventTarget(), { type });
  Object.defineProperty(navigator, 'connection', { value: connection, configurable: true });
  return connection;
}

/** Another tab of this browser has written this. */
function chosenElsewhere(choice: object): void {
  const newValue = JSON.stringify(choice);
  localStorage.setItem(STORAGE_KEYS.preferences, newValue);
  window.dispatchEvent(new StorageEvent('storage', { key: STORAGE_KEYS.preferences, newValue }));
}

test('photos go, unless they are paused: then on no line', () => {
  const connection = line('wifi');
  expect(uploadHold()).toBeNull();
  usePreferences().photosPaused = true;
  expect(uploadHold()).toBe('paused');
  connection.type = 'cellular';
  expect(uploadHold()).toBe('paused');
});

test.each([
  ['cellular', 'wifi', true],
  ['wimax', 'wifi', true],
  ['wifi', null, true],
  ['ethernet', null, true],
  ['unknown', null, true],
  [undefined, null, false],
])('with Wi-Fi alone allowed, on %s: %s', (type, hold, knows) => {
  line(type);
  usePreferences().photosOverWifi = true;
  expect([uploadHold(), knowsWifi()]).toEqual([hold, knows]);
});

test('a browser without a word of its line lets them go', () => {
  usePreferences().photosOverWifi = true;
  expect([uploadHold(), knowsWifi()]).toEqual([null, false]);
});

test('what is chosen in another tab holds here, and is told; so is another line', async () => {
  const connection = line('wifi');
  const told = vi.fn(() => undefined);
  const stop = onHoldChange(told);
  chosenElsewhere({ photosPaused: true, elder: true });
  await nextTick();
  expect([uploadHold(), told.mock.calls.length]).toEqual(['paused', 1]);
  expect(document.documentElement.dataset['mode']).toBe('elder');
  chosenElsewhere({ photosPaused: false, photosOverWifi: true });
  await nextTick();
  expect([uploadHold(), told.mock.calls.length]).toEqual([null, 2]);
  connection.type = 'cellular';
  connection.dispatchEvent(new Event('change'));
  expect([uploadHold(), told.mock.calls.length]).toEqual(['wifi', 3]);
  stop();
  usePreferences().photosPaused = true;
  await nextTick();
  connection.dispatchEvent(new Event('change'));
  expect(told).toHaveBeenCalledTimes(3);
});

test('a choice made here does not undo what was chosen in another tab', async () => {
  const preferences = usePreferences();
  chosenElsewhere({ photosPaused: true });
  preferences.watermark = true;
  await nextTick();
  expect(JSON.parse(localStorage.getItem(STORAGE_KEYS.preferences)!)).toMatchObject({
    photosPaused: true,
    watermark: true,
  });
});

test('what another tab chose is not written once more from here: it may have chosen anew meanwhile', async () => {
  const preferences = usePreferences();
  chosenElsewhere({ photosPaused: true });
  localStorage.setItem(STORAGE_KEYS.preferences, JSON.stringify({ photosPaused: false }));
  await nextTick();
  expect(preferences.photosPaused).toBe(true);
  expect(JSON.parse(localStorage.getItem(STORAGE_KEYS.preferences)!)).toEqual({ photosPaused: false });
  preferences.photosPaused = false;
  await nextTick();
  preferences.photosPaused = true;
  await nextTick();
  expect(JSON.parse(localStorage.getItem(STORAGE_KEYS.preferences)!)).toMatchObject({ photosPaused: true });
});

test('what another tab empties, or writes under another name, changes nothing here', () => {
  const preferences = usePreferences();
  preferences.photosPaused = true;
  localStorage.clear();
  window.dispatchEvent(new StorageEvent('storage', { key: STORAGE_KEYS.preferences, newValue: null }));
  window.dispatchEvent(new StorageEvent('storage', { key: 'other', newValue: '{"photosPaused":false}' }));
  expect(uploadHold()).toBe('paused');
});
