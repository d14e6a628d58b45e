import { expect, type Page } from '@playwright/test';
import { FalseServer } from './support/false-server.ts';
import { test } from './support/faulty-phone.ts';
import { delivered, readyForOffline } from './support/people-at-work.ts';

test.setTimeout(60_000);

/** As on a phone that has never been here: no worker, and nothing put by. */
async function forgetProgram(page: Page, origin: string): Promise<void> {
  await page.goto('about:blank');
  const browser = await page.context().newCDPSession(page);
  await browser.send('Storage.clearDataForOrigin', { origin, storageTypes: 'service_workers,cache_storage' });
}

/** What became of a new worker: `activated`, or `redundant` where it could not be installed. */
const install = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const { installing, active } = await navigator.serviceWorker.register('/sw.js');
    const worker = installing ?? active;
    return new Promise<string>((resolve) => {
      const tell = (): void => {
        if (worker === null || worker.state === 'redundant') resolve('redundant');
        else if (worker.state === 'activated') resolve(worker.state);
      };
      worker?.addEventListener('statechange', tell);
      tell();
    });
  });

/** What the worker of an earlier build put by: the portal's page under the name of the program. */
const poisonEarlier = (page: Page, program: string): Promise<void> =>
  page.evaluate(async (url) => {
    const cache = await caches.open(`workbox-precache-v2-${location.origin}/`);
    await cache.put(url, new Response('<p>请先登录无线网。</p>', { headers: { 'content-type': 'text/html' } }));
  }, program);

test('a portal that comes between while the program is put by leaves none of its own pages in it', async ({
  office,
  phone,
}) => {
  const { page, device } = phone;
  const program = await page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type=module]')!.src);
  await forgetProgram(page, device.origin);
  const portal = await FalseServer.portalAfterWorker(office.port);
  await phone.lead(portal);
  await page.goto(device.origin);
  expect(await install(page)).toBe('redundant');
  // It was the program that did not come, and not the worker.
  expect(portal.asked).toEqual(expect.arrayContaining(['GET /sw.js', 'GET /send-waiting.js']));
  expect(portal.asked.some((asked) => /^GET .+\.(html|css|svg|png|webmanifest)$/.test(asked))).toBe(true);

  await poisonEarlier(page, program);
  await phone.lead(null);
  await page.goto(device.origin);
  await delivered(page);
  await readyForOffline(page);
  await device.wire.cut();
  await page.reload();
  await delivered(page);
  expect(await page.evaluate(() => caches.keys())).toEqual([`workbox-precache-by-hash-${device.origin}/`]);
  await portal.close();
});

test('a portal’s page that the browser keeps under the name of the program does not keep a worker from being installed', async ({
  phone,
}) => {
  const { page, device } = phone;
  const program = await page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type=module]')!.src);
  await forgetProgram(page, device.origin);
  const portal = await FalseServer.portalThatIsKept();
  await phone.lead(portal);
  await page.goto(`${device.origin}/healthz`);
  const textOf = (cache: RequestCache): Promise<string> =>
    page.evaluate(async ([url, mode]) => (await fetch(url, { cache: mode })).text(), [program, cache] as const);
  expect(await textOf('reload')).toContain('请先登录无线网');
  await phone.lead(null);
  expect(await textOf('default')).toContain('请先登录无线网');
  expect(await install(page)).toBe('activated');
  await device.wire.cut();
  await page.goto(device.origin);
  await delivered(page);
  await portal.close();
});

/** As a worker does that takes over: what is not of its own list goes. */
const takeAwayOnce = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const isThere = async (): Promise<boolean> => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        const page = (await cache.keys()).find(({ url }) => url.includes('/index.html'));
        if (page !== undefined) return cache.delete(page);
      }
      return false;
    };
    while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 5));
  });

test('a worker of whose program a file is taken away meanwhile does not take over', async ({ phone }) => {
  const { page, device } = phone;
  await forgetProgram(page, device.origin);
  await page.goto(`${device.origin}/healthz`);
  const taken = takeAwayOnce(page);
  expect(await install(page)).toBe('redundant');
  await taken;
  expect(await install(page)).toBe('activated');
  await device.wire.cut();
  await page.goto(device.origin);
  await delivered(page);
});
