// @vitest-environment jsdom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { createMemoryHistory, createRouter } from 'vue-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMessages } from '../../../i18n/create-i18n.ts';
import { GRID, MEMBER, openPhone, press, type TestPhone } from '../../../../tests/support/door-phone.ts';
import { useSession } from '../../stores/session.ts';
import { catchInstallPrompt, installPrompt } from '../../updates/install-prompt.ts';
import { isIosSafari } from './how-to-install.ts';
import InstallCard from './InstallCard.vue';

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Safari/604.1';
const standalone = { matches: false };
let phone: TestPhone;

beforeEach(async () => {
  localStorage.clear();
  standalone.matches = false;
  vi.stubGlobal('matchMedia', () => standalone);
  installPrompt.value = null;
  phone = await openPhone();
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  await phone.engine.stop();
});

/** The browser's offer; what it is asked, and what the person answers there. */
function offer(outcome: 'accepted' | 'dismissed'): { asked: number } {
  catchInstallPrompt();
  const seen = { asked: 0 };
  const prompt = (): Promise<void> => {
    seen.asked += 1;
    return Promise.resolve();
  };
  const event = new Event('beforeinstallprompt', { cancelable: true });
  window.dispatchEvent(Object.assign(event, { prompt, userChoice: Promise.resolve({ outcome }) }));
  return seen;
}

const saveSomething = () =>
  phone.engine.save([
    {
      space: `contact:${GRID}`,
      name: 'contact.put',
      v: 1,
      args: { id: '00000000-0000-7000-8000-000000000054', name: '', phone: '', pin: '0042', note: '' },
    },
  ]);

async function card(): Promise<VueWrapper> {
  const pinia = createPinia();
  const roles = { volunteer: [GRID], claimer: false, unit: null, coordinator: [], admin: false };
  useSession(pinia).enter({ id: MEMBER, name: '陈晓', roles }, { ...phone, close: () => Promise.resolve() });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:rest(.*)*', component: { render: () => null } }],
  });
  const { i18n } = createMessages();
  const page = mount(InstallCard, {
    attachTo: document.body,
    global: { plugins: [i18n, pinia, router] },
  }) as VueWrapper;
  await flushPromises();
  return page;
}
const isShown = (page: VueWrapper): boolean => page.find('section').exists();

test('it comes with the first save, not before, and shows the question of the browser', async () => {
  const asked = offer('accepted');
  const page = await card();
  expect(isShown(page)).toBe(false);
  await saveSomething();
  await flushPromises();
  expect(isShown(page)).toBe(true);
  await press(page, '装到桌面');
  expect(asked).toEqual({ asked: 1 });
  expect(isShown(page)).toBe(false);
  page.unmount();
});

test('whoever does not want it is never asked again', async () => {
  offer('accepted');
  await saveSomething();
  const page = await card();
  await press(page, '不用了');
  expect(isShown(page)).toBe(false);
  page.unmount();
  const later = await card();
  expect(isShown(later)).toBe(false);
  later.unmount();
});

test('it is not shown where it is installed, and not where the browser offers nothing', async () => {
  await saveSomething();
  const silent = await card();
  expect(isShown(silent)).toBe(false);
  silent.unmount();
  standalone.matches = true;
  offer('accepted');
  const installed = await card();
  expect(isShown(installed)).toBe(false);
  installed.unmount();
});

test('on an iPhone it leads to the guide', async () => {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(IPHONE);
  await saveSomething();
  const page = await card();
  expect(page.get('a').attributes('href')).toBe('/me/install');
  page.unmount();
});

test('only Safari of an iPhone or iPad has the guide: others there cannot install', () => {
  const of = (agent: string, touchPoints = 5): boolean => isIosSafari({ agent, touchPoints });
  expect(of(IPHONE)).toBe(true);
  expect(of(IPHONE.replace('Version/17.4', 'CriOS/120.0'))).toBe(false);
  expect(of(`${IPHONE} MicroMessenger/8.0`)).toBe(false);
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15';
  expect([of(mac, 5), of(mac, 0)]).toEqual([true, false]);
  expect(of('Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36')).toBe(false);
});
