import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { expect, test } from 'vitest';
import { defineComponent, h } from 'vue';
import { createMessages } from '../../i18n/create-i18n.ts';
import words from '../../i18n/zh-CN/error.json';
import { MEMBER, openPhone } from '../../../tests/support/door-phone.ts';
import { useSession } from '../stores/session.ts';
import { useSave } from './use-save.ts';

test('a full phone says that room has to be made, for pressing once more would not help', async () => {
  const phone = await openPhone();
  const pinia = createPinia();
  const roles = { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false };
  useSession(pinia).enter({ id: MEMBER, name: '陈晓', roles }, { ...phone, close: () => Promise.resolve() });
  let saving: ReturnType<typeof useSave> | undefined;
  const page = defineComponent(() => {
    saving = useSave();
    return () => h('p');
  });
  const wrapper = mount(page, { global: { plugins: [createMessages().i18n, pinia] } });
  phone.full.value = true;
  expect(await saving?.save([])).toBeNull();
  expect(saving?.error.value).toBe(words.quota);
  wrapper.unmount();
});
