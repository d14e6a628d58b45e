import { createHash } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { mediaOf } from '../../src/domain/photo/media-of.ts';
import type { PhotoRef } from '../../src/domain/photo/media.ts';
import type { Ticket } from '../../src/domain/ticket/ticket.ts';
import { findChromium } from '../../scripts/find-chromium.ts';
import { carriesPosition } from '../../src/server/photos/carries-position.ts';
import { buildOffice } from '../support/demo/build-demo.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { ADMIN, COORDINATOR, VOLUNTEER } from '../support/demo/people.ts';
import { shoot, shootScene } from './support/camera.ts';
import { comeIn, DESK } from './support/come-in.ts';
import { Device } from './support/device.ts';
import { fillOffice } from './support/fill-office.ts';
import { Office } from './support/office.ts';
import { delivered, readSlip, readyForOffline, signIn, type HandedSlip } from './support/people-at-work.ts';
import { storedPhotos, storedRecords } from './support/stored.ts';

test.setTimeout(300_000);
// A microphone that hums, and nobody who would have to allow it.
test.use({
  launchOptions: {
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  },
});

const building = demoCommunity('清泰门社区').estates[0]!.buildings[0]!;
const room = building.entrances[0]!.floors[0]!.rooms[0]!;

const theTicket = (office: Office) => storedRecords<Ticket>(office.dataDir, 'ticket')[0];

/** Whether this photo is to be had of the browser without asking the server. */
const keepsAnswer = (page: Page, sha: string): Promise<boolean> =>
  page.evaluate(
    (path) =>
      fetch(path, { cache: 'only-if-cached', mode: 'same-origin' }).then(
        ({ ok }) => ok,
        () => false,
      ),
    `/api/photos/${sha}`,
  );

async function beginMatter(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/log?room=${room.id}&building=${building.id}`);
  await page.getByRole('searchbox', { name: '找事项' }).fill('楼道脏');
  await page.getByRole('button', { name: '楼道保洁' }).first().click();
  await page.getByLabel('居民怎么说的').fill('楼道脏乱，好久没人扫。');
}

test('two photos from a stairwell outlive two kills and a cut wire, and arrive whole, once, without a place', async ({
  browser,
}) => {
  const office = await Office.open(fillOffice((deps) => buildOffice(deps, [ADMIN, VOLUNTEER, COORDINATOR])));
  const phone = await Device.buy(() => office.port);
  let slip: HandedSlip = { code: '', pin: '' };
  try {
    let page = await phone.switchOn();
    await test.step('signed in once, then there is no network', async () => {
      await signIn(page, phone.origin, VOLUNTEER.signInName);
      await delivered(page);
      await readyForOffline(page);
      page = await phone.restart();
      await phone.wire.cut();
    });

    await test.step('two photos are taken; the browser is killed before anything is saved', async () => {
      await beginMatter(page, phone.origin);
      const shots = [await shoot(page, 'stairs'), await shoot(page, 'corner')];
      await page.getByLabel('从相册选').setInputFiles(shots);
      await expect(page.getByRole('img', { name: /刚拍的第/ })).toHaveCount(2);
      // The words of a draft go to the disk a little after they were typed.
      await page.waitForTimeout(1_500);
      await phone.kill();
    });

    await test.step('both are there again, are saved, and the browser is killed once more', async () => {
      page = await phone.switchOn();
      await page.goto(`${phone.origin}/log?room=${room.id}&building=${building.id}`);
      await expect(page.getByRole('img', { name: /刚拍的第/ })).toHaveCount(2);
      await page.getByRole('button', { name: '居民口头同意，保存' }).click();
      slip = await readSlip(page);
      await phone.kill();
      page = await phone.switchOn();
      await page.goto(`${phone.origin}/me`);
      await expect(page.getByText(/2 张照片待上传，共 [\d.]+ (KB|MB)/)).toBeVisible();
      await expect(page.getByText(/用了 [\d.]+ (MB|GB)，还有 [\d.]+ (MB|GB)/)).toBeVisible();
      const gauge = page.getByRole('meter', { name: '本机存储' });
      expect(await gauge.evaluate((meter: HTMLMeterElement) => meter.value)).toBeGreaterThan(0);
    });

    await test.step('the wire is cut in the midst of a photo, and joined again', async () => {
      phone.wire.cutAfter(300_000);
      await phone.wire.join();
      await page.reload();
      await expect.poll(() => phone.wire.isCut, { timeout: 60_000 }).toBe(true);
      expect(storedPhotos(office.dataDir).size).toBeLessThan(4);
      await phone.wire.join();
      await page.reload();
      await expect(page.getByText('没有要传的照片')).toBeVisible({ timeout: 60_000 });
      await delivered(page);
    });

    const ticket = theTicket(office)!;
    const photos = mediaOf(ticket.data).filter((one): one is PhotoRef => one.kind === 'photo');
    await test.step('the server has each whole, once, upright, and none says where it was taken', () => {
      expect(storedRecords<Ticket>(office.dataDir, 'ticket')).toHaveLength(1);
      expect(photos).toHaveLength(2);
      const stored = storedPhotos(office.dataDir);
      expect([...stored.keys()].sort()).toEqual(photos.flatMap(({ sha, thumb }) => [sha, thumb!.sha]).sort());
      for (const [sha, bytes] of stored) {
        expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha);
        expect(carriesPosition('image/jpeg', bytes)).toBe(false);
        expect(bytes.includes('Exif')).toBe(false);
      }
      for (const { width, height, size } of photos) {
        expect([width, height]).toEqual([1120, 1600]);
        // Busier than any stairwell, and still no larger than a typical one may be.
        expect(size).toBeLessThanOrEqual(400_000);
      }
    });

    await test.step('a coordinator sees them and marks one for the resident', async () => {
      const desk = await comeIn(browser, office.origin, COORDINATOR.signInName, DESK);
      await desk.goto(`${office.origin}/desk/tickets/${ticket.data.place.gridId}/${ticket.id}`);
      const first = desk.getByRole('button', { name: '放大看第 1 张照片' });
      await expect(first.getByRole('img')).toBeVisible();
      await first.click();
      const viewer = desk.getByRole('dialog');
      await expect(viewer.getByText('第 1 张，共 2 张')).toBeVisible();
      await desk.keyboard.press('ArrowRight');
      await expect(viewer.getByText('第 2 张，共 2 张')).toBeVisible();
      await desk.keyboard.press('ArrowLeft');
      await viewer.getByRole('button', { name: '给居民看' }).click();
      await expect(viewer.getByRole('button', { name: '不给居民看' })).toBeVisible();
      await desk.keyboard.press('Escape');
      await expect(viewer).toHaveCount(0);
      await expect(first).toBeFocused();
      await expect
        .poll(() => mediaOf(theTicket(office)!.data).map(({ forResident }) => forResident))
        .toEqual([true, false]);
      const other = await comeIn(browser, office.origin, COORDINATOR.signInName, DESK);
      await other.goto(desk.url());
      await expect(other.getByRole('button', { name: '放大看第 1 张照片' }).getByRole('img')).toBeVisible();

      // Photos of homes go from a browser with its session; what it keeps of its own accord does not.
      const thumb = photos[0]!.thumb!.sha;
      expect([await keepsAnswer(desk, thumb), await keepsAnswer(other, thumb)]).toEqual([true, true]);
      await desk.evaluate(async () => {
        const sessions = (await (await fetch('/api/sessions')).json()) as { id: string; current: boolean }[];
        for (const { id } of sessions.filter((one) => !one.current))
          await fetch(`/api/sessions/${id}`, { method: 'DELETE' });
      });
      await other.reload();
      await expect.poll(() => keepsAnswer(other, thumb)).toBe(false);
      const names = await other.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
      expect(names.filter((name) => /outbox/.test(name ?? ''))).toHaveLength(1);
      expect(await keepsAnswer(desk, thumb)).toBe(true);
      await desk.goto(`${office.origin}/me`);
      await desk.getByRole('button', { name: '退出登录' }).click();
      await desk.getByRole('dialog').getByRole('button', { name: '退出' }).click();
      await expect(desk).toHaveURL(/signin/);
      expect(await keepsAnswer(desk, thumb)).toBe(false);
      await other.context().close();
      await desk.context().close();
    });

    await test.step('the resident sees the marked one and no other', async () => {
      const page = await browser.newPage();
      await page.goto(`${office.origin}/r/${slip.code}`);
      const shown = page.locator(`img[src*="/r/${slip.code}/photos/"]`);
      await expect(shown).toHaveCount(1);
      expect(await shown.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalHeight))).toBe(
        240,
      );
      await page.close();
    });
  } finally {
    await phone.throwAway();
    await office.close();
  }
});

test('a voice note is heard before it is kept, ends at a minute and waits while it is paused; photos of before and after close a matter', async ({
  browser,
}) => {
  const office = await Office.open(fillOffice((deps) => buildOffice(deps, [ADMIN, VOLUNTEER, COORDINATOR])));
  try {
    const page = await comeIn(browser, office.origin, VOLUNTEER.signInName);
    const secondTab = await page.context().newPage();
    await secondTab.goto(`${office.origin}/me`);
    await page.clock.install();
    await beginMatter(page, office.origin);
    const pause = secondTab.getByRole('switch', { name: '暂停上传照片' });
    await pause.check({ force: true });
    await page.getByRole('button', { name: '录音' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: '开始录音' }).click();
    await expect(sheet.getByText('还能录 58 秒')).toBeVisible();
    await sheet.getByRole('button', { name: '停止' }).click();
    const heard = sheet.getByLabel('听一遍');
    await expect.poll(() => heard.evaluate((audio: HTMLAudioElement) => audio.readyState)).toBeGreaterThan(0);
    // From here on its time stands but for these steps: the minute must not run out on a slow machine.
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
    await sheet.getByRole('button', { name: '重新录' }).click();
    await expect(sheet.getByText('还能录 60 秒')).toBeVisible();
    await page.clock.fastForward(57_000);
    await expect(sheet.getByText('还能录 3 秒')).toBeVisible();
    await page.clock.fastForward(3_000);
    await page.clock.resume();
    await expect.poll(() => heard.evaluate((audio: HTMLAudioElement) => audio.readyState)).toBeGreaterThan(0);
    await sheet.getByRole('button', { name: '留下这段' }).click();
    await page.getByRole('button', { name: '居民口头同意，保存' }).click();
    await readSlip(page);
    await expect.poll(() => mediaOf(theTicket(office)?.data ?? {})).toMatchObject([{ kind: 'sound', seconds: 60 }]);
    const { id, data } = theTicket(office)!;
    const [sound] = mediaOf(data);

    // Paused in the other tab: the words have gone, the sound has not, and says so.
    await page.goto(`${office.origin}/door/ticket/${data.place.gridId}/${id}`);
    const mark = page.locator('.gallery-sounds .save-mark');
    await expect(mark).toHaveText('已存本机');
    expect(storedPhotos(office.dataDir).size).toBe(0);
    await pause.uncheck({ force: true });
    await expect(mark).toHaveCount(0);
    await expect.poll(() => [...storedPhotos(office.dataDir).keys()]).toEqual([sound!.sha]);
    await page.context().close();

    const desk = await comeIn(browser, office.origin, COORDINATOR.signInName, DESK);
    await desk.goto(`${office.origin}/desk/tickets/${data.place.gridId}/${id}`);
    const player = desk.locator('audio');
    const heardAtDesk = await player.evaluate(
      (audio: HTMLAudioElement) =>
        new Promise<string>((resolve) => {
          audio.onloadeddata = () => resolve('heard');
          audio.onerror = () => resolve(audio.error?.message ?? 'failed');
          audio.preload = 'auto';
          audio.load();
        }),
    );
    expect(heardAtDesk).toBe('heard');
    const step = async (label: string, confirm: string): Promise<void> => {
      await desk.getByRole('main').getByRole('button', { name: label, exact: true }).click();
      await desk.getByRole('dialog').getByRole('button', { name: confirm, exact: true }).click();
      await expect(desk.getByRole('dialog')).toHaveCount(0);
    };
    await step('受理', '确定受理');
    await step('派单', '确定派单');
    await step('开始办理', '开始办理');
    await desk.getByRole('main').getByRole('button', { name: '报告结果', exact: true }).click();
    const result = desk.getByRole('dialog');
    const choose = (label: string) => result.getByRole('region', { name: label }).getByLabel('从相册选');
    await choose('办之前的照片').setInputFiles([await shootScene(desk, 'garden')]);
    await choose('办之后的照片').setInputFiles([await shootScene(desk, 'night')]);
    await expect(result.getByRole('img', { name: /刚拍的第/ })).toHaveCount(2);
    await result
      .getByRole('button', { name: /写好|保存|结果/ })
      .last()
      .click();
    await expect.poll(() => theTicket(office)!.data).toMatchObject({ state: 'resolved', result: '' });
    const photos = mediaOf(theTicket(office)!.data).filter((one): one is PhotoRef => one.kind === 'photo');
    expect(photos.map(({ stage, width, height }) => [stage, width, height])).toEqual([
      ['before', 1600, 1200],
      ['after', 1600, 1200],
    ]);
    // What the camera made has some 4 MB.
    for (const { size } of photos) expect(size).toBeLessThanOrEqual(400_000);
    for (const stage of ['办之前', '办之后']) {
      const shown = desk.locator('.gallery-stage', { has: desk.getByRole('heading', { name: stage }) });
      await expect(shown.getByRole('img')).toHaveCount(1);
    }
    await expect.poll(() => storedPhotos(office.dataDir).size).toBe(1 + 2 * photos.length);
    await desk.context().close();
  } finally {
    await office.close();
  }
});
