// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { createMemoryHistory, createRouter } from 'vue-router';
import { expect, test, vi } from 'vitest';
import { createMessages } from '../../../i18n/create-i18n.ts';
import type { SyncEngine, SyncStatus } from '../../../sync/engine-api.ts';
import { goneFromPhone } from '../../stores/gone-from-phone.ts';
import { useSession } from '../../stores/session.ts';
import WaitingCard from './WaitingCard.vue';

const MEMBER = {
  id: 'm1',
  name: '陈晓',
  roles: { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false },
};

/** The card over an engine that stands so. */
function open(over: Partial<SyncStatus>) {
  const idle: SyncStatus = { phase: 'idle', waiting: 0, attention: 0, lastSyncAt: 1, firstSync: null, lastFault: null };
  const uploadNow = vi.fn(() => Promise.resolve());
  const engine = {
    media: { uploadNow },
    status: () => ({ ...idle, ...over }),
    onStatus: () => () => undefined,
    syncNow: () => Promise.resolve(),
  } as unknown as SyncEngine;
  const pinia = createPinia();
  useSession(pinia).enter(MEMBER, { engine, close: () => Promise.resolve() } as never);
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
  });
  const page = mount(WaitingCard, { global: { plugins: [createMessages().i18n, pinia, router] } });
  return { page, uploadNow };
}

test('all is delivered only where nothing waits and nothing needs a look', () => {
  expect(open({}).page.text()).toContain('都已送达');
  expect(open({ waiting: 2 }).page.text()).toContain('2 条存在这部手机上');
  const { page } = open({ attention: 1 });
  expect(page.text()).not.toContain('都已送达');
  expect(page.text()).toContain('有 1 件要你看一看');
});

test('where something is gone from the phone, that is said once nothing waits', () => {
  goneFromPhone.value = 2;
  expect(open({ waiting: 2 }).page.text()).toContain('2 条存在这部手机上');
  const { page } = open({});
  expect(page.text()).toContain('这部手机上少了记录');
  expect(page.get('section').classes()).not.toContain('good');
  goneFromPhone.value = 0;
});

test('photos that wait alone are told, and go when asked for', async () => {
  const media = { waiting: 3, bytes: 1_200_000, sent: 0, hold: null, sounds: 0 };
  const { page, uploadNow } = open({ media });
  expect(page.text()).not.toContain('都已送达');
  expect(page.text()).toContain('3 张照片待上传');
  await page.get('button').trigger('click');
  await flushPromises();
  expect(uploadNow).toHaveBeenCalledTimes(1);
  const paused = open({ media: { ...media, hold: 'paused' } }).page;
  expect(paused.text()).toContain('照片上传已暂停');
  expect(paused.find('button').exists()).toBe(false);
});
