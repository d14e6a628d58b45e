import { defineStore } from 'pinia';
import * as v from 'valibot';
import { onScopeDispose, reactive, toRefs, watch } from 'vue';
import { heardStored, readStored, STORAGE_KEYS, writeStored } from './storage-keys.ts';

export const ELDER_SIZE_MIN = 20;
export const ELDER_SIZE_MAX = 30;

const schema = v.object({
  elder: v.fallback(v.boolean(), false),
  elderSize: v.fallback(v.pipe(v.number(), v.minValue(ELDER_SIZE_MIN), v.maxValue(ELDER_SIZE_MAX)), ELDER_SIZE_MIN),
  theme: v.fallback(v.picklist(['auto', 'light', 'dark']), 'auto'),
  locale: v.fallback(v.picklist(['zh-CN', 'en']), 'zh-CN'),
  /** 不用了, said to the card that offers to install. */
  installDeclined: v.fallback(v.boolean(), false),
  /** 水印: time, place, person and code on each photo that is taken. */
  watermark: v.fallback(v.boolean(), false),
  /** 照片只用无线网上传 */
  photosOverWifi: v.fallback(v.boolean(), false),
  photosPaused: v.fallback(v.boolean(), false),
});

type Kept = v.InferOutput<typeof schema>;
export type Theme = Kept['theme'];

function readKept(): Kept {
  const kept = v.safeParse(schema, readStored(STORAGE_KEYS.preferences) ?? {});
  return kept.success ? kept.output : v.parse(schema, {});
}

/** How this phone shows things; kept on this phone, for whoever uses it. */
export const usePreferences = defineStore('preferences', () => {
  const chosen = reactive(readKept());
  /** What another tab chose last. Written once more from here it would undo what that tab chose a moment later. */
  let heard: string | null = null;

  watch(
    chosen,
    (value) => {
      const html = document.documentElement;
      html.lang = value.locale;
      if (value.elder) html.dataset['mode'] = 'elder';
      else delete html.dataset['mode'];
      html.style.setProperty('--elder-size', value.elder ? String(value.elderSize) : null);
      if (value.theme === 'auto') delete html.dataset['theme'];
      else html.dataset['theme'] = value.theme;
      if (JSON.stringify(value) === heard) return;
      heard = null;
      writeStored(STORAGE_KEYS.preferences, value);
    },
    { immediate: true },
  );

  // Chosen in another tab: photos paused there would go from here, and the next choice here would undo that one.
  const follow = ({ key, newValue }: StorageEvent): void => {
    if (key !== STORAGE_KEYS.preferences || newValue === null) return;
    const kept = readKept();
    heard = JSON.stringify(kept);
    heardStored(STORAGE_KEYS.preferences);
    Object.assign(chosen, kept);
  };
  window.addEventListener('storage', follow);
  onScopeDispose(() => window.removeEventListener('storage', follow));

  return toRefs(chosen);
});
