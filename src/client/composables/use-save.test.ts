// @vitest-environment jsdom
import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { defineComponent, h, isProxy, reactive } from 'vue';
import { createMessages } from '../../i18n/create-i18n.ts';
import words from '../../i18n/zh-CN/error.json';
import { idOf } from '../../../tests/support/factories.ts';
import { GRID, MEMBER, openPhone } from '../../../tests/support/door-phone.ts';
import { useSession } from '../stores/session.ts';
import { useSave } from './use-save.ts';

afterEach(() => vi.unstubAllGlobals());

async function openSave(
  use = useSave,
  sessionOf = useSession,
): Promise<{
  phone: Awaited<ReturnType<typeof openPhone>>;
  saving: ReturnType<typeof useSave>;
  unmount(): void;
}> {
  const phone = await openPhone();
  const pinia = createPinia();
  const roles = { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false };
  sessionOf(pinia).enter({ id: MEMBER, name: '陈晓', roles }, { ...phone, close: () => Promise.resolve() });
  let saving: ReturnType<typeof useSave> | undefined;
  const page = defineComponent(() => {
    saving = use();
    return () => h('p');
  });
  const wrapper = mount(page, { global: { plugins: [createMessages().i18n, pinia] } });
  if (saving === undefined) throw new Error('not mounted');
  return { phone, saving, unmount: () => wrapper.unmount() };
}

test('a form that the screen watches is stored as plain data, and changes nothing of it later', async () => {
  const { phone, saving, unmount } = await openSave();
  const args = reactive({ id: idOf('contact'), name: '苏婆婆', phone: '13800001234', pin: '', note: '' });
  const about = reactive({ kind: 'contact', id: args.id });
  const rows = await saving.save(reactive([{ space: `contact:${GRID}`, name: 'contact.put', v: 1, args, about }]));
  expect(saving.error.value).toBe('');
  args.name = '别人';
  expect(rows?.map((row) => [isProxy(row.args), isProxy(row.about)])).toEqual([[false, false]]);
  expect(phone.engine.waiting()[0]?.row).toMatchObject({ about: { kind: 'contact' }, args: { name: '苏婆婆' } });
  unmount();
});

test('a full phone says that room has to be made, for pressing once more would not help', async () => {
  const { phone, saving, unmount } = await openSave();
  phone.full.value = true;
  expect(await saving.save([])).toBeNull();
  expect(saving.error.value).toBe(words.quota);
  unmount();
});

test('the browser is asked to keep what lies here once, after the first save and not before', async () => {
  const persist = vi.fn(() => Promise.resolve(false));
  vi.stubGlobal('navigator', { storage: { persist, persisted: () => Promise.resolve(false) } });
  // Asked once for as long as a page is open: this is a page that was just opened.
  vi.resetModules();
  const fresh = await import('./use-save.ts');
  const { phone, saving, unmount } = await openSave(fresh.useSave, (await import('../stores/session.ts')).useSession);
  const contact = (name: string) => [
    {
      space: `contact:${GRID}`,
      name: 'contact.put',
      v: 1,
      args: { id: idOf(name), name, phone: '13800001234', pin: '', note: '' },
    },
  ];
  expect(persist).not.toHaveBeenCalled();
  phone.full.value = true;
  expect(await saving.save(contact('苏婆婆'))).toBeNull();
  expect(persist).not.toHaveBeenCalled();
  phone.full.value = false;
  expect(await saving.save(contact('苏婆婆'))).toHaveLength(1);
  expect(persist).toHaveBeenCalledTimes(1);
  expect(await saving.save(contact('范晓'))).toHaveLength(1);
  expect(persist).toHaveBeenCalledTimes(1);
  unmount();
});
