// @vitest-environment jsdom
import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nextTick } from 'vue';
import { mountOnPhone, openPhone, type TestPhone } from '../../../../tests/support/door-phone.ts';
import { STORAGE_KEYS } from '../../stores/storage-keys.ts';
import PhotoSection from './PhotoSection.vue';

let phone: TestPhone;
beforeEach(async () => {
  localStorage.clear();
  phone = await openPhone();
});
afterEach(async () => {
  Reflect.deleteProperty(navigator, 'connection');
  await phone.engine.stop();
});

const open = (): Promise<VueWrapper> => mountOnPhone(phone, PhotoSection, {});
const switchOf = (page: VueWrapper, label: string) => {
  const row = page.findAll('label').find((one) => one.text().includes(label));
  return row!.get('input');
};
const kept = (): Record<string, unknown> => JSON.parse(localStorage.getItem(STORAGE_KEYS.preferences)!);

test.each([
  ['暂停上传照片', 'photosPaused'],
  ['只用无线网上传照片', 'photosOverWifi'],
  ['照片上加水印', 'watermark'],
])('%s is switched on, kept for the next start, and switched off again', async (label, key) => {
  const page = await open();
  expect(kept()[key]).toBe(false);
  for (const on of [true, false]) {
    await switchOf(page, label).trigger('click');
    await nextTick();
    expect(kept()[key]).toBe(on);
  }
  page.unmount();
});

test('where the browser does not know its line, it says that nothing waits for Wi-Fi', async () => {
  const page = await open();
  expect(page.text()).toContain('这个浏览器分不出用的是不是无线网');
  page.unmount();
  Object.defineProperty(navigator, 'connection', { value: { type: 'cellular' }, configurable: true });
  const known = await open();
  expect(known.text()).toContain('文字照样随时上传');
  known.unmount();
});
