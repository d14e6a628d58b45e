/// <reference types="vite/types/importMeta.d.ts" />
import { createI18n } from 'vue-i18n';

export type Locale = 'zh-CN' | 'en';

type Messages = Record<string, Record<string, unknown>>;

/** A file's content stands under its name: `title` of door.json is `door.title`. */
function byRoom(files: Readonly<Record<string, unknown>>): Messages {
  const rooms: Messages = {};
  for (const [path, content] of Object.entries(files)) {
    const room = /([\w-]+)\.json$/.exec(path)?.[1];
    if (room) rooms[room] = content as Record<string, unknown>;
  }
  return rooms;
}

// The resident's page is rendered on the server and brings its own words.
const chinese = byRoom(
  import.meta.glob(['./zh-CN/*.json', '!./zh-CN/resident.json'], { eager: true, import: 'default' }),
);
const english = import.meta.glob('./en/*.json', { import: 'default' });

/** Chinese is whole and always here; English covers the shell, is fetched when chosen, and falls back to Chinese. */
export function createMessages() {
  const i18n = createI18n({
    legacy: false,
    locale: 'zh-CN' as string,
    fallbackLocale: 'zh-CN',
    missingWarn: false,
    fallbackWarn: false,
    messages: { 'zh-CN': chinese } as Record<string, Messages>,
  });

  async function setLocale(locale: Locale): Promise<void> {
    if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
      const loaded = await Promise.all(
        Object.entries(english).map(async ([path, load]) => [path, await load()] as const),
      );
      i18n.global.setLocaleMessage('en', byRoom(Object.fromEntries(loaded)));
    }
    i18n.global.locale.value = locale;
  }

  return { i18n, setLocale };
}
