// @vitest-environment jsdom
import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GRID, mountOnPhone, openPhone, type TestPhone } from '../../../tests/support/door-phone.ts';
import { idOf } from '../../../tests/support/factories.ts';
import { askToKeep } from '../composables/keep-storage.ts';
import HomePage from '../features/home/HomePage.vue';
import EvictionWarning from './EvictionWarning.vue';

let phone: TestPhone;
beforeEach(async () => {
  phone = await openPhone();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await phone.engine.stop();
});

/** A browser that keeps, or not, or does not say; and what it answers when it is asked to. */
function browser(storage: { persisted: boolean; granted?: boolean } | undefined, installed = false, userAgent = '') {
  const now = { ...storage };
  const persist = vi.fn(async () => (now.persisted = now.granted ?? false));
  vi.stubGlobal('matchMedia', () => ({ matches: installed }));
  vi.stubGlobal('navigator', {
    storage: storage && { persisted: () => Promise.resolve(now.persisted), persist },
    userAgent,
  });
  return now;
}

let made = 0;
const put = (media: Parameters<TestPhone['engine']['save']>[0][0]['media'] = []) => {
  const args = { id: idOf(`contact ${(made += 1)}`), name: '', phone: '', pin: '0042', note: '' };
  return phone.engine.save([{ space: `contact:${GRID}`, name: 'contact.put', v: 1, args, media }]);
};
const photo = (sha: string) => ({ sha: sha.repeat(64), type: 'image/jpeg' as const, bytes: new ArrayBuffer(3) });

const warning = (): Promise<VueWrapper> => mountOnPhone(phone, EvictionWarning, {});
async function words(): Promise<string> {
  const page = await warning();
  const text = page.text();
  page.unmount();
  return text;
}
async function shownAgain(): Promise<void> {
  document.dispatchEvent(new Event('visibilitychange'));
  await flushPromises();
}

test('what waits in a browser that has promised nothing is warned of, with how many', async () => {
  await put();
  await put([photo('a'), photo('b')]);
  browser({ persisted: false });
  expect(await words()).toContain('有 2 条只存在这部手机上');
  browser(undefined);
  expect(await words()).toContain('有 2 条只存在这部手机上');
});

test('an icon is offered where it keeps what is here, and not where it begins with nothing', async () => {
  await put();
  browser({ persisted: false });
  expect(await words()).toContain('装到桌面');
  browser({ persisted: false }, false, 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)');
  expect(await words()).not.toContain('装到桌面');
});

test('what was refused lies here alone as well, until it is put aside', async () => {
  browser({ persisted: false });
  const [row] = (await put())!;
  await phone.refuseAll('forbidden');
  expect(phone.engine.status()).toMatchObject({ waiting: 0, attention: 1 });
  expect(await words()).toContain('有 1 条只存在这部手机上');
  await phone.engine.putAside(row!.mid);
  expect(await words()).toBe('');
});

test('nothing is said where nothing waits, the browser keeps it, or the application is installed', async () => {
  browser({ persisted: false });
  expect(await words()).toBe('');
  await put();
  browser({ persisted: true });
  expect(await words()).toBe('');
  browser({ persisted: false }, true);
  expect(await words()).toBe('');
});

test('it is looked at again when the page is shown, and when the browser was asked', async () => {
  const now = browser({ persisted: false, granted: true });
  await put();
  const page = await warning();
  expect(page.text()).toContain('有 1 条');
  now.persisted = true;
  await shownAgain();
  expect(page.text()).toBe('');
  now.persisted = false;
  await shownAgain();
  expect(page.text()).toContain('有 1 条');
  expect(await askToKeep()).toBe(true);
  await flushPromises();
  expect(page.text()).toBe('');
  page.unmount();
});

test('the first page says it in a line that leads to what can be done', async () => {
  browser({ persisted: false });
  const page = await mountOnPhone(phone, HomePage, {});
  const line = () => page.findAll('a').find((one) => one.text().includes('只在这部手机上'));
  expect(line()).toBeUndefined();
  await put();
  await flushPromises();
  expect(line()?.text()).toContain('1 条只在这部手机上，浏览器可能清掉');
  expect(line()?.attributes('href')).toBe('/records');
  page.unmount();
});
