// @vitest-environment jsdom
import { flushPromises } from '@vue/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { mountKit } from '../../../../tests/support/mount-kit.ts';
import StorageCells from './StorageCells.vue';

afterEach(() => vi.unstubAllGlobals());

/** The cells in a browser that says this of its storage. */
async function open(estimate: StorageEstimate | undefined, persisted = false, granted = false) {
  const now = { persisted };
  const persist = vi.fn(() => Promise.resolve((now.persisted = granted)));
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
  vi.stubGlobal('navigator', {
    storage: { persisted: () => Promise.resolve(now.persisted), persist, estimate: () => Promise.resolve(estimate) },
  });
  const page = mountKit(StorageCells);
  await flushPromises();
  return { page, persist };
}

test.each([
  [{ usage: 34_400_000, quota: 61_400_000_000 }, '用了 34 MB，还有 61.4 GB', 34.4 / 61_400],
  [{ usage: 1_800_000_000, quota: 2_000_000_000 }, '用了 1.8 GB，还有 200 MB', 0.9],
  // Nothing much is not nothing.
  [{ usage: 20_000, quota: 100_000_000 }, '用了 1 MB，还有 100 MB', 0.0002],
])('the gauge shows what is used of what there is: %o', async (estimate, words, share) => {
  const { page } = await open(estimate);
  expect(page.text()).toContain(words);
  expect(Number(page.get('meter').attributes('value'))).toBeCloseTo(share, 6);
  page.unmount();
});

test.each([[undefined], [{}], [{ usage: 5, quota: 0 }]])(
  'of a browser that says nothing there is no gauge',
  async (said) => {
    const { page } = await open(said);
    expect(page.find('meter').exists()).toBe(false);
    expect(page.text()).not.toContain('用了');
    page.unmount();
  },
);

test('where nothing is promised it can be asked for, and what comes of it is shown', async () => {
  const { page, persist } = await open({ usage: 1, quota: 10 }, false, true);
  expect(page.text()).toContain('空间紧张时手机可能清理');
  await page.get('button').trigger('click');
  await flushPromises();
  expect(persist).toHaveBeenCalledTimes(1);
  expect(page.text()).toContain('手机答应不会自动清理');
  expect(page.find('button').exists()).toBe(false);
  page.unmount();
});
