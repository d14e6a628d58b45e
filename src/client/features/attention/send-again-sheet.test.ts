// @vitest-environment jsdom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { createMessages } from '../../../i18n/create-i18n.ts';
import { StorageFull } from '../../../sync/outbox-port.ts';
import { GRID, MEMBER, openPhone, type TestPhone } from '../../../../tests/support/door-phone.ts';
import { useSession } from '../../stores/session.ts';
import SendAgainSheet from './SendAgainSheet.vue';

const CONTACT = '00000000-0000-7000-8000-000000000054';
let phone: TestPhone;
let page: VueWrapper;
let isOpen: boolean | undefined;

beforeEach(async () => {
  phone = await openPhone();
  const args = { id: CONTACT, name: '潘阿姨', phone: '', pin: '0042', note: '门铃坏了' };
  await phone.engine.save([{ space: `contact:${GRID}`, name: 'contact.put', v: 1, args }]);
  await phone.refuseAll('invalid');
});
afterEach(async () => {
  page.unmount();
  document.body.innerHTML = '';
  await phone.engine.stop();
});

const refused = () => {
  const entry = phone.engine.waiting().find(({ state }) => state === 'attention');
  if (!entry) throw new Error('nothing was refused');
  return entry;
};

/** The sheet of the refused record, open; closing it is the page's, as on the page of what needs a look. */
async function open(): Promise<void> {
  const pinia = createPinia();
  const roles = { volunteer: [GRID], claimer: false, unit: null, coordinator: [], admin: false };
  useSession(pinia).enter({ id: MEMBER, name: '陈晓', roles }, { ...phone, close: () => Promise.resolve() });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
  });
  const { i18n } = createMessages();
  const shown = (now: boolean | undefined): void => {
    isOpen = now;
    void page.setProps({ open: now });
  };
  const props = { entry: refused(), reason: '', open: false, 'onUpdate:open': shown };
  page = mount(SendAgainSheet, { attachTo: document.body, props, global: { plugins: [i18n, pinia, router] } });
  shown(true);
  await flushPromises();
}
const fields = (): HTMLTextAreaElement[] => [...document.querySelectorAll<HTMLTextAreaElement>('.sheet textarea')];
async function type(words: string): Promise<void> {
  const [field] = fields();
  if (!field) throw new Error('nowhere to write');
  field.value = words;
  field.dispatchEvent(new Event('input'));
  await flushPromises();
}
async function press(selector: string): Promise<void> {
  document.querySelector<HTMLElement>(`.sheet ${selector}`)?.click();
  await flushPromises();
}

test('what was typed is there again after the sheet was closed, and after the page was left', async () => {
  await open();
  await type('敲门要久一点');
  await press('.sheet-close');
  expect(fields()).toEqual([]);
  await page.setProps({ open: true });
  await flushPromises();
  expect(fields()[0]?.value).toBe('敲门要久一点');
  page.unmount();
  await open();
  expect(fields()[0]?.value).toBe('敲门要久一点');
});

test('a good save closes the sheet though the old record cannot be put aside, and is not pressed twice', async () => {
  await open();
  await type('敲门要久一点');
  phone.engine.putAside = () => Promise.reject(new StorageFull());
  await press('.button.primary');
  expect(isOpen).toBe(false);
  expect(phone.engine.waiting().filter(({ state }) => state === 'saved')).toHaveLength(1);
  expect(phone.drafts.kept.size).toBe(0);
});

test('photos of the refused record go with the new one', async () => {
  const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 1]).buffer;
  const args = { id: CONTACT, name: '潘阿姨', phone: '', pin: '0042', note: '门铃坏了' };
  const media = [{ sha: 'aa', type: 'image/jpeg', bytes } as const];
  const { engine } = phone;
  for (const { row } of engine.waiting()) await engine.putAside(row.mid);
  await engine.save([{ space: `contact:${GRID}`, name: 'contact.put', v: 1, args, media }]);
  await phone.refuseAll('invalid');
  await open();
  await press('.button.primary');
  const [fresh] = engine.waiting().filter(({ state }) => state === 'saved');
  expect(engine.media.list().map(({ row, state }) => [row.mids.length, row.mids.at(-1), state])).toEqual([
    [2, fresh?.row.mid, 'saved'],
  ]);
  expect(new Uint8Array((await engine.media.bytes('aa'))!)).toEqual(new Uint8Array(bytes));
});
