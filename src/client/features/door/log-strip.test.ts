// @vitest-environment jsdom
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openPhone, press, roomId, visitPage, type TestPhone } from '../../../../tests/support/door-phone.ts';
import type { PhotoOrder } from '../../photos/draw-photo.ts';
import { STORAGE_KEYS } from '../../stores/storage-keys.ts';
// Fetched before the clock of the first test runs.
import './LogPage.vue';

/** No canvas in jsdom: what was to be drawn is enough. */
const drawn = vi.hoisted(() => ({ strips: [] as (readonly string[])[] }));
vi.mock('../../photos/prepare-photo.ts', () => ({
  preparePhoto: ({ strip }: PhotoOrder) => {
    const bytes = new TextEncoder().encode(`photo ${drawn.strips.push(strip)}`).buffer;
    return Promise.resolve({ bytes, thumb: bytes, width: 4, height: 3 });
  },
}));

let phone: TestPhone;
beforeEach(async () => {
  window.scrollTo = () => undefined;
  URL.createObjectURL = () => 'blob:1';
  URL.revokeObjectURL = () => undefined;
  drawn.strips = [];
  localStorage.setItem(STORAGE_KEYS.preferences, JSON.stringify({ watermark: true }));
  phone = await openPhone();
});
afterEach(async () => {
  localStorage.clear();
  await phone.engine.stop();
});

async function give(page: VueWrapper, label: string, lastModified: number): Promise<void> {
  const input = page.get<HTMLInputElement>(`input[aria-label="${label}"]`);
  const file = new File(['x'], 'photo.jpg', { lastModified });
  Object.defineProperty(input.element, 'files', { value: [file], configurable: true });
  Object.defineProperty(input.element, 'value', { value: '', writable: true, configurable: true });
  await input.trigger('change');
  await vi.waitUntil(() => page.findAll('.taken-photo').length === drawn.strips.length);
  await flushPromises();
}

test('a photo at the door bears no code that its matter may not get, and the moment only where it was shot there', async () => {
  const { page } = await visitPage(phone, `/log?room=${roomId('101')}`);
  await page.get('input[type=search]').setValue('声控灯坏了');
  await page.get('.items button').trigger('click');
  await flushPromises();
  await press(page, '拍照片');
  await give(page, '拍照片', Date.now());
  await give(page, '拍照片', Date.now() - 86_400_000);
  await give(page, '从相册选', Date.now());
  expect(drawn.strips.map(([when]) => when?.includes('拍摄时间不详'))).toEqual([false, true, true]);
  expect(drawn.strips.map((strip) => strip.slice(1))).toEqual(Array(3).fill(['凤凰苑 3幢', '陈晓']));
  page.unmount();
});
