// @vitest-environment jsdom
import { enableAutoUnmount } from '@vue/test-utils';
import { afterEach, expect, test } from 'vitest';
import { nextTick } from 'vue';
import { mountKit } from '../../../tests/support/mount-kit.ts';
import AppSheet from './AppSheet.vue';
import ConfirmSheet from './ConfirmSheet.vue';

enableAutoUnmount(afterEach);

const settle = async () => {
  await nextTick();
  await new Promise((resolve) => setTimeout(resolve));
};

test('an open sheet is a dialog with its title, and takes the focus in', async () => {
  mountKit(AppSheet, { props: { open: true, title: '认领这个心愿？' }, slots: { default: '<input class="in">' } });
  await settle();
  const dialog = document.querySelector('[role=dialog]');

  expect(document.getElementById(dialog?.getAttribute('aria-labelledby') ?? '')?.textContent).toBe('认领这个心愿？');
  expect(dialog?.contains(document.activeElement)).toBe(true);
});

test('Esc closes it', async () => {
  const sheet = mountKit(AppSheet, { props: { open: true, title: '筛选' } });
  await settle();

  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  await settle();

  expect(sheet.emitted('update:open')).toEqual([[false]]);
});

const press = (words: string) =>
  [...document.querySelectorAll('button')].find((button) => button.textContent?.trim() === words)?.click();
const QUESTION = { open: true, title: '退出登录？', text: '没上传的仍留着。', confirmLabel: '退出' };

test('confirming closes the sheet and tells', async () => {
  const sheet = mountKit(ConfirmSheet, { props: QUESTION });
  await settle();

  press('退出');

  expect(sheet.emitted('confirm')).toHaveLength(1);
  expect(sheet.emitted('update:open')).toEqual([[false]]);
});

test('cancelling only closes', async () => {
  const sheet = mountKit(ConfirmSheet, { props: QUESTION });
  await settle();

  press('取消');

  expect(sheet.emitted('confirm')).toBeUndefined();
  expect(sheet.emitted('update:open')).toEqual([[false]]);
});
