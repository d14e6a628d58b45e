// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { createMessages } from '../../../i18n/create-i18n.ts';
import { GRID, MEMBER, openPhone, type TestPhone } from '../../../../tests/support/door-phone.ts';
import { useSession } from '../../stores/session.ts';
import CorrectContactSheet from './CorrectContactSheet.vue';

const CONTACT = '00000000-0000-7000-8000-000000000054';
const TICKET = '00000000-0000-7000-8000-000000000051';
let phone: TestPhone;

beforeEach(async () => {
  phone = await openPhone();
});
afterEach(async () => {
  document.body.innerHTML = '';
  await phone.engine.stop();
});

/** The sheet over what was just revealed; `type` fills a field and saves. */
async function openSheet() {
  const pinia = createPinia();
  const roles = { volunteer: [GRID], claimer: false, unit: null, coordinator: [], admin: false };
  useSession(pinia).enter({ id: MEMBER, name: '陈晓', roles }, { ...phone, close: () => Promise.resolve() });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
  });
  const { i18n, loadRooms } = createMessages();
  await loadRooms(['desk']);
  const contact = { name: '潘阿姨', phone: '19900001234', note: '', clashes: [], showForMs: 60_000 };
  const page = mount(CorrectContactSheet, {
    attachTo: document.body,
    props: { open: true, gridId: GRID, contactId: CONTACT, ticketId: TICKET, contact },
    global: { plugins: [i18n, pinia, router] },
  });
  await flushPromises();
  return {
    page,
    async type(selector: string, words: string): Promise<void> {
      const field = document.querySelector<HTMLInputElement>(selector);
      if (!field) throw new Error(`no ${selector}`);
      field.value = words;
      field.dispatchEvent(new Event('input'));
      document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
      await flushPromises();
    },
  };
}

test('what was revealed is what the correction says it saw, and only what differs is sent', async () => {
  const { page, type } = await openSheet();
  await type('input[type=tel]', '19900001243');
  const rows = phone.engine.waiting().map(({ row }) => [row.space, row.name, row.args]);
  const phoneEdit = { from: '19900001234', to: '19900001243' };
  expect(rows).toEqual([[`contact:${GRID}`, 'contact.amend', { id: CONTACT, phone: phoneEdit }]]);
  expect(page.emitted('saved')).toHaveLength(1);
  page.unmount();
});

test('no telephone and one that is none are told beside the field, and nothing is saved', async () => {
  for (const typed of ['', '打给女儿']) {
    const { page, type } = await openSheet();
    await type('input[type=tel]', typed);
    expect(document.querySelector('[aria-invalid=true]')).not.toBeNull();
    expect(phone.engine.waiting()).toEqual([]);
    page.unmount();
  }
});

test('nothing changed is nothing saved', async () => {
  const { page, type } = await openSheet();
  await type('input[type=tel]', '19900001234');
  expect(phone.engine.waiting()).toEqual([]);
  expect(page.emitted('update:open')).toEqual([[false]]);
  page.unmount();
});
