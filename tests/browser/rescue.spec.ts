import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { VOLUNTEER } from '../support/demo/people.ts';
import { rescueFileSchema, type RescueBody } from '../../src/protocol/rescue-file.ts';
import * as v from 'valibot';
import { expectEachOnce, receiptsOf } from './support/balance.ts';
import { shoot } from './support/camera.ts';
import { Device } from './support/device.ts';
import { test } from './support/faulty-phone.ts';
import { delivered, readSlip, signIn } from './support/people-at-work.ts';
import { writtenDown } from './support/running-app.ts';
import { storedPhotos, storedRecords } from './support/stored.ts';

test.setTimeout(180_000);

const building = demoCommunity('清泰门社区').estates[0]!.buildings[3]!;
const room = building.entrances[0]!.floors[0]!.rooms[0]!;
/** What one save at a door makes. */
const KINDS = ['ticket', 'visit', 'slip', 'household', 'contact'];
const WORDS = '换手机以前记的';

test('RF1 RF2: words and a photo in one file go from one browser to another, under the same mids, and nothing doubles', async ({
  office,
  phone,
}) => {
  const { page, device } = phone;
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await page.addInitScript(() => {
    const counted = window as unknown as { drawnHere: number };
    counted.drawnHere = 0;
    const drawn = HTMLCanvasElement.prototype.toBlob;
    HTMLCanvasElement.prototype.toBlob = function (...asked) {
      counted.drawnHere += 1;
      drawn.apply(this, asked);
    };
  });
  await device.wire.cut();
  await page.goto(`${device.origin}/log?room=${room.id}&building=${building.id}`);
  await page.getByRole('searchbox', { name: '找事项' }).fill('楼道脏');
  await page.getByRole('button', { name: '楼道保洁' }).first().click();
  await page.getByLabel('居民怎么说的').fill(WORDS);

  await test.step('the photo is drawn anew in a worker, and nothing of it on the page', async () => {
    await page.getByLabel('从相册选').setInputFiles([await shoot(page, 'rescue')]);
    await expect(page.getByRole('img', { name: /刚拍的第/ })).toHaveCount(1);
    expect(workers.filter((url) => url.includes('photo-worker'))).toHaveLength(1);
    expect(await page.evaluate(() => (window as unknown as { drawnHere: number }).drawnHere)).toBe(0);
  });

  await page.getByRole('button', { name: '居民口头同意，保存' }).click();
  await readSlip(page);
  const mids = (await writtenDown(page)).map(({ mid }) => mid);

  let path = '';
  let shas: string[] = [];
  /** Of this walk: others leave theirs in the same office. */
  const photosThere = (): string[] => shas.filter((sha) => storedPhotos(office.dataDir).has(sha));
  await test.step('one file has all of it', async () => {
    await page.goto(`${device.origin}/records`);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: /导出没上传的/ }).click();
    path = await (await download).path();
    const { body } = v.parse(rescueFileSchema, JSON.parse(readFileSync(path, 'utf8')));
    const { records, media } = body as RescueBody;
    expect(records.map(({ mid }) => mid).toSorted()).toEqual(mids.toSorted());
    shas = media.map(({ sha }) => sha);
    expect(new Set(shas).size).toBe(2);
  });

  const second = await Device.buy(() => office.port);
  try {
    await test.step('another browser takes it in, twice, and brings it', async () => {
      const there = await second.switchOn();
      await signIn(there, second.origin, VOLUNTEER.signInName);
      await delivered(there);
      for (let time = 0; time < 2; time++) {
        await there.goto(`${second.origin}/records`);
        await there.locator('input[type=file]').setInputFiles(path);
        await there.getByRole('dialog').getByRole('button', { name: '导入', exact: true }).click();
        await expect(there.getByText('已存本机，接着上传')).toBeVisible();
        await delivered(there);
      }
      expect((await writtenDown(there)).map(({ mid }) => mid).toSorted()).toEqual(mids.toSorted());
      await expect.poll(photosThere, { timeout: 60_000 }).toEqual(shas);
      expectEachOnce(office.dataDir, mids, WORDS, 1);
    });
  } finally {
    await second.throwAway();
  }

  await test.step('the first one finds a network at last, and nothing of it is done again', async () => {
    const made = () => KINDS.map((kind) => storedRecords(office.dataDir, kind));
    const before = made();
    await device.wire.join();
    await page.goto(`${device.origin}/me`);
    await delivered(page);
    await expect(page.getByText('没有要传的照片')).toBeVisible({ timeout: 60_000 });
    expect(made()).toEqual(before);
    expect(photosThere()).toEqual(shas);
    // Each phone was told the same of each.
    const told = receiptsOf(office.dataDir).filter(({ mid }) => mids.includes(mid));
    expect(told.map(({ status }) => status)).toEqual(mids.flatMap(() => ['applied', 'applied']));
  });
});
