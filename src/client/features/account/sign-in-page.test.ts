// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mountKit } from '../../../../tests/support/mount-kit.ts';
import SignInPage from './SignInPage.vue';

const roles = { volunteer: [], claimer: false, unit: null, coordinator: [], admin: false };

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ id: 'member-1', name: '陈晓', roles })));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('a phone whose storage does not open says so: the right password alone led nowhere', async () => {
  const faults: unknown[] = [];
  const config = { errorHandler: (fault: unknown) => void faults.push(fault) };
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('The disk does not answer.', 'UnknownError');
  });
  const page = mountKit(SignInPage, { global: { config } });
  await flushPromises();
  const [name, password] = page.findAll('input');
  await name?.setValue('chenxiao');
  await password?.setValue('a good password');
  await page.get('form').trigger('submit');
  await vi.waitFor(() => expect(page.text()).toContain('已经存下的内容没有被删'));
  expect(page.find('[aria-busy]').exists()).toBe(false);
  expect(faults).toHaveLength(1);
  page.unmount();
});
