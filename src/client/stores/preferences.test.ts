// @vitest-environment jsdom
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test } from 'vitest';
import { nextTick } from 'vue';
import { usePreferences } from './preferences.ts';
import { STORAGE_KEYS } from './storage-keys.ts';

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

test('长辈版 is set on the page and kept for the next start', async () => {
  const preferences = usePreferences();

  preferences.elder = true;
  preferences.elderSize = 26;
  await nextTick();

  expect(document.documentElement.dataset['mode']).toBe('elder');
  expect(document.documentElement.style.getPropertyValue('--elder-size')).toBe('26');
  setActivePinia(createPinia());
  expect(usePreferences().elderSize).toBe(26);
});

test.each(['not json', '{"elderSize":300,"theme":"pink"}', '[]'])('%s in the storage does no harm', (text) => {
  localStorage.setItem(STORAGE_KEYS.preferences, text);

  const { elder, elderSize, theme } = usePreferences();

  expect({ elder, elderSize, theme }).toEqual({ elder: false, elderSize: 20, theme: 'auto' });
});
