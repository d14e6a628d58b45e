// @vitest-environment jsdom
import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { expect, test } from 'vitest';
import { defineComponent, h, nextTick, ref } from 'vue';
import { MEMBER, openPhone } from '../../../tests/support/door-phone.ts';
import type { View, ViewQuery, ViewRecord } from '../../sync/engine-api.ts';
import { useSession } from '../stores/session.ts';
import { useList } from './use-view.ts';

const ROLES = { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false };
const SPACE = 'grid:1';
const visit = (id: string) => ({ id, space: SPACE }) as ViewRecord<'visit'>;

/** A list of the visits at one door, over a view of which some has to be read first. */
async function openList(read: () => { records: ViewRecord<'visit'>[]; isWhole: boolean }) {
  const phone = await openPhone();
  let tell = (): void => undefined;
  let isWhole = true;
  const view = {
    onChange: (listener: () => void) => {
      tell = listener;
      return () => undefined;
    },
    list: () => {
      const answer = read();
      isWhole = answer.isWhole;
      return answer.records;
    },
    read: (ask: () => unknown) => ({ value: ask(), isWhole }),
  } as unknown as View;
  const pinia = createPinia();
  const engine = { ...phone.engine, view };
  useSession(pinia).enter(
    { id: MEMBER, name: '陈晓', roles: ROLES },
    { ...phone, engine, close: () => Promise.resolve() },
  );
  const query = ref<ViewQuery<'visit'>>({ space: SPACE, kind: 'visit', index: 'byRoom', key: '101', limit: 1 });
  const page = defineComponent(() => {
    const visits = useList(() => query.value);
    return () =>
      h(
        'p',
        visits.value.map(({ id }) => id),
      );
  });
  const wrapper = mount(page, { global: { plugins: [pinia] } });
  const shown = async (): Promise<string> => {
    tell();
    await nextTick();
    return wrapper.text();
  };
  return { query, shown, unmount: () => wrapper.unmount() };
}

test('[VW8] a list keeps what it showed until more of it is read, and shows nothing of another one', async () => {
  let answer = { records: [visit('first')], isWhole: true };
  const { query, shown, unmount } = await openList(() => answer);
  expect(await shown()).toBe('first');
  answer = { records: [], isWhole: false };
  query.value = { ...query.value, limit: 20 };
  expect(await shown()).toBe('first');
  query.value = { ...query.value, key: '102' };
  expect(await shown()).toBe('');
  answer = { records: [visit('second')], isWhole: true };
  expect(await shown()).toBe('second');
  unmount();
});
