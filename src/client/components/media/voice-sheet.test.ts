// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { mountKit } from '../../../../tests/support/mount-kit.ts';
import VoiceSheet from './VoiceSheet.vue';

afterEach(() => {
  Reflect.deleteProperty(navigator, 'mediaDevices');
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
});

test('while the browser asks for the microphone a second tap asks for no second one', async () => {
  const getUserMedia = vi.fn(() => new Promise<MediaStream>(() => undefined));
  // What no document of a test has.
  vi.stubGlobal('MediaRecorder', { isTypeSupported: () => true });
  Object.defineProperty(navigator, 'mediaDevices', { value: { getUserMedia }, configurable: true });
  const page = mountKit(VoiceSheet, { props: { open: true } });
  await flushPromises();
  const start = document.querySelector<HTMLElement>('.sheet-foot button');
  start?.click();
  start?.click();
  await flushPromises();
  expect(getUserMedia).toHaveBeenCalledTimes(1);
  expect(document.querySelector('.sheet-foot [aria-busy=true]')).not.toBeNull();
  page.unmount();
});
