import { expect, type CDPSession, type Page } from '@playwright/test';
import { ownerOf } from '../../src/domain/space/space.ts';
import { SEND_TAG } from '../../src/client/service-worker/send-tag.ts';
import { VOLUNTEER } from '../support/demo/people.ts';
import { bytesOf, type Bytes } from '../support/photo-bytes.ts';
import { addMediaDraft, mediaOfBytes } from '../support/photo-phone.ts';
import { expectEachOnce, notOnce } from './support/balance.ts';
import { test } from './support/faulty-phone.ts';
import { delivered } from './support/people-at-work.ts';
import { findNetwork, manyMatters, saveAll, saveWithPhoto } from './support/running-app.ts';
import { storedPhotos } from './support/stored.ts';

test.setTimeout(180_000);

const WORDS = '没开着的时候';

/** Wakes the worker as the browser does once there is a network. */
async function wakeWorker(tools: CDPSession, origin: string): Promise<void> {
  const known = new Promise<string>((resolve) => {
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL, isDeleted }) => scopeURL === `${origin}/` && !isDeleted);
      if (ours) resolve(ours.registrationId);
    });
  });
  await tools.send('ServiceWorker.enable');
  const registrationId = await known;
  // A worker that has slept since: what it was installed with is gone from its memory.
  await tools.send('ServiceWorker.stopAllWorkers');
  await tools.send('ServiceWorker.dispatchSyncEvent', { origin, registrationId, tag: SEND_TAG, lastChance: false });
}

const askedFor = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (registration as unknown as { sync: { getTags(): Promise<string[]> } }).sync.getTags();
  });

test('BS1: what waits goes while no page is open, and the page finds it delivered', async ({ office, phone }) => {
  const { page, device } = phone;
  await page.goto(device.origin);
  await delivered(page);
  await device.wire.cut();
  const mids = await saveAll(page, manyMatters(30, WORDS));
  await expect.poll(() => askedFor(page)).toContain(SEND_TAG);
  await page.goto('about:blank');
  await device.wire.join();
  await wakeWorker(await page.context().newCDPSession(page), device.origin);
  await expect.poll(() => Object.keys(notOnce(office.dataDir, mids))).toEqual([]);
  expect(page.url()).toBe('about:blank');
  expectEachOnce(office.dataDir, mids, WORDS, 30);

  await page.goto(device.origin);
  await delivered(page);
  mids.push(...(await saveAll(page, manyMatters(5, `${WORDS}又`))));
  await delivered(page);
  expectEachOnce(office.dataDir, mids, WORDS, 35);
});

test('BS1 TB1: the worker leaves the lock to the tab that has it, and of both at once each thing is sent once', async ({
  office,
  phone,
}) => {
  const { page, device } = phone;
  const words = '两边一起送';
  await page.goto(device.origin);
  await delivered(page);
  // Of the same origin, and no application: a tab in the midst of its pass, as far as the worker can see.
  const other = await device.openTab();
  await other.goto(`${device.origin}/healthz`);
  await device.wire.cut();
  const mids = await saveAll(page, manyMatters(30, words));
  await page.goto('about:blank');
  await other.evaluate(
    (name) =>
      new Promise<void>((held) => {
        void navigator.locks.request(name, () => {
          held();
          return new Promise<void>((resolve) => Object.assign(window, { letGo: resolve }));
        });
      }),
    `sync-${VOLUNTEER.id}`,
  );
  await device.wire.join();
  const tools = await page.context().newCDPSession(page);
  await wakeWorker(tools, device.origin);
  await other.waitForTimeout(4_000);
  expect(Object.keys(notOnce(office.dataDir, mids))).toHaveLength(30);

  await other.evaluate(() => (window as unknown as { letGo(): void }).letGo());
  await wakeWorker(await page.context().newCDPSession(page), device.origin);
  await other.goto(device.origin);
  await delivered(other);
  expectEachOnce(office.dataDir, mids, words, 30);
});

test('BS1: a photo that waits alone goes too while no page is open, and not as long as its owner holds it back', async ({
  office,
  phone,
}) => {
  const { page, device } = phone;
  const photo = bytesOf('while no page is open', 200_000);
  const isStored = ({ sha }: Bytes): boolean => storedPhotos(office.dataDir).has(sha);
  const pause = page.getByRole('switch', { name: '暂停上传照片' });
  const tools = await page.context().newCDPSession(page);
  await page.goto(`${device.origin}/me`);
  await pause.check({ force: true });
  const [matter] = manyMatters(1, '照片后到');
  const id = String((matter!.args as { id: string }).id);
  const draft = addMediaDraft(ownerOf(matter!.space), id, mediaOfBytes(photo));
  const mids = await saveWithPhoto(page, [matter!, draft], photo);
  await expect.poll(() => notOnce(office.dataDir, mids)).toEqual({});
  await page.goto('about:blank');
  await wakeWorker(tools, device.origin);
  await page.waitForTimeout(4_000);
  expect(isStored(photo)).toBe(false);

  await page.goto(`${device.origin}/me`);
  await device.wire.cut();
  await pause.uncheck({ force: true });
  await findNetwork(page);
  await expect.poll(() => askedFor(page)).toContain(SEND_TAG);
  await page.goto('about:blank');
  await device.wire.join();
  expect(isStored(photo)).toBe(false);
  await wakeWorker(await page.context().newCDPSession(page), device.origin);
  await expect.poll(() => isStored(photo)).toBe(true);
  expect(page.url()).toBe('about:blank');
  await page.goto(`${device.origin}/me`);
  await expect(page.getByText('没有要传的照片')).toBeVisible();
});
