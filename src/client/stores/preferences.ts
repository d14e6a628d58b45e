import { defineStore } from 'pinia';
import * as v from 'valibot';
import { computed, ref, watch } from 'vue';
import { readStored, STORAGE_KEYS, writeStored } from './storage-keys.ts';

export const ELDER_SIZE_MIN = 20;
export const ELDER_SIZE_MAX = 30;

const schema = v.object({
  elder: v.fallback(v.boolean(), false),
  elderSize: v.fallback(v.pipe(v.number(), v.minValue(ELDER_SIZE_MIN), v.maxValue(ELDER_SIZE_MAX)), ELDER_SIZE_MIN),
  theme: v.fallback(v.picklist(['auto', 'light', 'dark']), 'auto'),
  locale: v.fallback(v.picklist(['zh-CN', 'en']), 'zh-CN'),
  installDeclined: v.fallback(v.boolean(), false),
  watermark: v.fallback(v.boolean(), false),
  photosOverWifi: v.fallback(v.boolean(), false),
  photosPaused: v.fallback(v.boolean(), false),
});

export type Theme = 'auto' | 'light' | 'dark';

/** How this phone shows things; kept on this phone, for whoever uses it. */
export const usePreferences = defineStore('preferences', () => {
  const kept = v.safeParse(schema, readStored(STORAGE_KEYS.preferences) ?? {});
  const start = kept.success ? kept.output : v.parse(schema, {});
  const elder = ref(start.elder);
  const elderSize = ref(start.elderSize);
  const theme = ref<Theme>(start.theme);
  const locale = ref<'zh-CN' | 'en'>(start.locale);
  /** 不用了, said to the card that offers to install. */
  const installDeclined = ref(start.installDeclined);
  /** 水印: time, place, person and code on each photo that is taken. */
  const watermark = ref(start.watermark);
  /** 照片只用无线网上传 */
  const photosOverWifi = ref(start.photosOverWifi);
  const photosPaused = ref(start.photosPaused);
  const all = computed(() => ({
    elder: elder.value,
    elderSize: elderSize.value,
    theme: theme.value,
    locale: locale.value,
    installDeclined: installDeclined.value,
    watermark: watermark.value,
    photosOverWifi: photosOverWifi.value,
    photosPaused: photosPaused.value,
  }));

  watch(
    all,
    (value) => {
      const html = document.documentElement;
      html.lang = value.locale;
      if (value.elder) html.dataset['mode'] = 'elder';
      else delete html.dataset['mode'];
      html.style.setProperty('--elder-size', value.elder ? String(value.elderSize) : null);
      if (value.theme === 'auto') delete html.dataset['theme'];
      else html.dataset['theme'] = value.theme;
      writeStored(STORAGE_KEYS.preferences, value);
    },
    { immediate: true },
  );

  return { elder, elderSize, theme, locale, installDeclined, watermark, photosOverWifi, photosPaused };
});
