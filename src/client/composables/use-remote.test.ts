// @vitest-environment jsdom
import { flushPromises, mount } from '@vue/test-utils';
import { expect, test } from 'vitest';
import { defineComponent, h } from 'vue';
import { createI18n } from 'vue-i18n';
import { ApiError } from '../transport/api-client.ts';
import { useRemote } from './use-remote.ts';

/** A page that reads by `read` as it opens, and what it holds. */
function open(read: () => Promise<string>) {
  let remote: ReturnType<typeof useRemote<string>> | undefined;
  const page = defineComponent(() => {
    remote = useRemote(read);
    void remote.load();
    return () => h('p');
  });
  const wrapper = mount(page, { global: { plugins: [createI18n({ legacy: false, missingWarn: false })] } });
  if (!remote) throw new Error('the page did not open');
  return { remote, close: () => wrapper.unmount() };
}

test('what could not be read offline is read by itself when the network returns', async () => {
  let online = false;
  const { remote } = open(() => (online ? Promise.resolve('here') : Promise.reject(new ApiError('offline'))));
  await flushPromises();
  expect(remote.failed.value).toBe('offline');

  online = true;
  window.dispatchEvent(new Event('online'));
  await flushPromises();
  expect(remote.failed.value).toBe('');
  expect(remote.data.value).toBe('here');
});

test('a page that is gone reads no more', async () => {
  let reads = 0;
  const { close } = open(() => {
    reads++;
    return Promise.reject(new ApiError('offline'));
  });
  await flushPromises();
  close();
  window.dispatchEvent(new Event('online'));
  await flushPromises();
  expect(reads).toBe(1);
});
