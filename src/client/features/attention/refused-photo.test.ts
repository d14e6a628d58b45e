// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MediaType } from '../../../domain/photo/media.ts';
import type { WaitingMedia } from '../../../sync/engine-api.ts';
import type { MediaRefusal } from '../../../sync/outbox-port.ts';
import { mountOnPhone, openPhone, press, type TestPhone } from '../../../../tests/support/door-phone.ts';
import { mediaRow } from '../../../../tests/support/waiting-rows.ts';
import { useToast } from '../../composables/use-toast.ts';
import RefusedPhoto from './RefusedPhoto.vue';

let phone: TestPhone;
beforeEach(async () => {
  phone = await openPhone();
});
afterEach(async () => {
  document.body.innerHTML = '';
  vi.restoreAllMocks();
  await phone.engine.stop();
});

const refused = (type: MediaType, why: MediaRefusal): WaitingMedia => ({
  row: mediaRow({ type, refused: why }),
  state: 'attention',
  sent: 0,
});
const open = (one: WaitingMedia) => mountOnPhone(phone, RefusedPhoto, { one });

test('a voice note that was refused is called one, whatever the reason', async () => {
  for (const why of ['type', 'too_large', 'damaged', 'unreadable', 'bad_request', 'lost'] as const) {
    const page = await open(refused('audio/mp4', why));
    expect(page.text()).toContain('录音');
    expect(page.text()).not.toMatch(/照片|张/);
    page.unmount();
  }
});

test('a photo is called one', async () => {
  const page = await open(refused('image/jpeg', 'damaged'));
  expect(page.text()).toContain('照片');
  expect(page.text()).not.toContain('录');
  page.unmount();
});

test('a phone that cannot send it again now says so, and the button is there again', async () => {
  vi.spyOn(phone.engine.media, 'retry').mockRejectedValue(new Error('no database'));
  const page = await open(refused('image/jpeg', 'damaged'));
  await press(page, '再传一次');
  await flushPromises();
  expect(useToast().toasts.value.at(-1)?.tone).toBe('alarm');
  expect(page.find('[aria-busy]').exists()).toBe(false);
  page.unmount();
});
