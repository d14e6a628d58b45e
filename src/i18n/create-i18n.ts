/// <reference types="vite/types/importMeta.d.ts" />
import { createI18n } from 'vue-i18n';

export type Locale = 'zh-CN' | 'en';

type Room = Record<string, unknown>;
type Messages = Record<string, Room>;

/** A file's content stands under its name: `title` of door.json is `door.title`. */
function roomOf(path: string): string {
  const room = /([\w-]+)\.json$/.exec(path)?.[1];
  if (!room) throw new Error(`not a file of messages: ${path}`);
  return room;
}

const byRoom = (files: Readonly<Record<string, unknown>>): Messages =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [roomOf(path), content as Room]));

/** What every page may say. */
const shell = byRoom(
  import.meta.glob(
    [
      './zh-CN/*.json',
      '!./zh-CN/{door,consent,wall,claims,desk,admin,members,term}.json',
      // The resident's page is rendered on the server and brings its own words.
      '!./zh-CN/resident.json',
    ],
    { eager: true, import: 'default' },
  ),
);

/** What one feature says; comes with its first page. */
const rooms = import.meta.glob<Room>('./zh-CN/{door,consent,wall,claims,desk,admin,members,term}.json', {
  import: 'default',
});
const english = import.meta.glob<Room>('./en/*.json', { import: 'default' });

/** Chinese is whole; English covers the shell, is fetched when chosen, and falls back to Chinese. */
export function createMessages() {
  const i18n = createI18n({
    legacy: false,
    locale: 'zh-CN' as string,
    fallbackLocale: 'zh-CN',
    missingWarn: false,
    fallbackWarn: false,
    messages: { 'zh-CN': shell } as Record<string, Messages>,
  });
  const loaded = new Set<string>();

  async function loadRooms(names: readonly string[]): Promise<void> {
    await Promise.all(
      names
        .filter((name) => !loaded.has(name))
        .map(async (name) => {
          const content = await rooms[`./zh-CN/${name}.json`]?.();
          if (!content) throw new Error(`no messages for ${name}`);
          i18n.global.mergeLocaleMessage('zh-CN', { [name]: content });
          loaded.add(name);
        }),
    );
  }

  async function setLocale(locale: Locale): Promise<void> {
    if (locale === 'en' && !i18n.global.availableLocales.includes('en')) {
      const files = Object.entries(english).map(async ([path, load]) => [path, await load()] as const);
      i18n.global.setLocaleMessage('en', byRoom(Object.fromEntries(await Promise.all(files))));
    }
    i18n.global.locale.value = locale;
  }

  return { i18n, loadRooms, setLocale };
}
