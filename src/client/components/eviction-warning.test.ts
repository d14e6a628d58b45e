// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { createMessages } from '../../i18n/create-i18n.ts';
import { useSession } from '../stores/session.ts';
import EvictionWarning from './EvictionWarning.vue';

afterEach(() => vi.unstubAllGlobals());

/** What the page says in a browser that keeps, or that is installed, while so many wait. */
async function words({
  persisted,
  installed = false,
  waiting,
  media = 0,
}: {
  persisted: boolean | undefined;
  installed?: boolean;
  waiting: number;
  media?: number;
}): Promise<string> {
  vi.stubGlobal('matchMedia', () => ({ matches: installed }));
  vi.stubGlobal('navigator', {
    storage: persisted === undefined ? undefined : { persisted: () => Promise.resolve(persisted) },
  });
  const engine = { status: () => ({ waiting, media: { waiting: media } }), onStatus: () => () => undefined };
  const pinia = createPinia();
  const roles = { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false };
  useSession(pinia).enter({ id: 'm1', name: '陈晓', roles }, { engine } as never);
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
  });
  const page = mount(EvictionWarning, { global: { plugins: [createMessages().i18n, pinia, router] } });
  await flushPromises();
  const text = page.text();
  page.unmount();
  return text;
}

test('what waits in a browser that has promised nothing is warned of, with how many', async () => {
  expect(await words({ persisted: false, waiting: 3 })).toContain('有 3 条还没上传');
  expect(await words({ persisted: undefined, waiting: 1 })).toContain('有 1 条还没上传');
  expect(await words({ persisted: false, waiting: 0, media: 2 })).toContain('有 2 条还没上传');
});

test('nothing is said where nothing waits, the browser keeps it, or the application is installed', async () => {
  expect(await words({ persisted: false, waiting: 0 })).toBe('');
  expect(await words({ persisted: true, waiting: 3 })).toBe('');
  expect(await words({ persisted: false, installed: true, waiting: 3 })).toBe('');
});
