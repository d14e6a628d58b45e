import { createHash } from 'node:crypto';
import { expect } from '@playwright/test';
import { mediaOf } from '../../src/domain/photo/media-of.ts';
import type { PhotoRef } from '../../src/domain/photo/media.ts';
import type { Ticket } from '../../src/domain/ticket/ticket.ts';
import { shoot } from '../browser/support/camera.ts';
import { takeOut } from '../browser/support/faulty-phone.ts';
import { delivered, readSlip } from '../browser/support/people-at-work.ts';
import { findNetwork, manyMatters } from '../browser/support/running-app.ts';
import { storedPhotos, storedRecords } from '../browser/support/stored.ts';
import type { SoakWalk } from './soak-walk.ts';

const WORDS = '照片断在半路';
const CUTS = 40;
/** Bytes of a slow line in a second. */
const SLOW = 400_000;

/** A photo over a slow line that is cut at any byte, again and again: it goes on where it stopped and arrives whole. */
export const cutPhoto: SoakWalk = {
  name: 'cut-photo',
  async walk({ office, prng, say }) {
    const { device, page } = await takeOut(office);
    try {
      const [matter] = manyMatters(1, WORDS);
      const { roomId, buildingId } = (matter!.args as Ticket).place;
      await page.goto(`${device.origin}/log?room=${roomId}&building=${buildingId}`);
      await page.getByRole('searchbox', { name: '找事项' }).fill('楼道脏');
      await page.getByRole('button', { name: '楼道保洁' }).first().click();
      await page.getByLabel('居民怎么说的').fill(WORDS);
      const shots = [await shoot(page, 'stairs'), await shoot(page, 'corner'), await shoot(page, 'roof')];
      await page.getByLabel('从相册选').setInputFiles(shots);
      await expect(page.getByRole('img', { name: /刚拍的第/ })).toHaveCount(shots.length, { timeout: 30_000 });
      await device.wire.cut();
      await page.getByRole('button', { name: '居民口头同意，保存' }).click();
      await readSlip(page);

      const tools = await page.context().newCDPSession(page);
      await tools.send('Network.enable');
      const line = { offline: false, latency: 40, downloadThroughput: SLOW, uploadThroughput: SLOW };
      await tools.send('Network.emulateNetworkConditions', line);
      await page.goto(`${device.origin}/me`);
      const done = page.getByText('没有要传的照片');
      let cuts = 0;
      for (let n = 0; n < CUTS && !(await done.isVisible()); n += 1) {
        device.wire.cutAfter(1 + prng.int(90_000));
        await device.wire.join();
        await findNetwork(page);
        await expect.poll(async () => device.wire.isCut || (await done.isVisible()), { timeout: 60_000 }).toBe(true);
        if (device.wire.isCut) cuts += 1;
      }
      device.wire.cutAfter(Infinity);
      await device.wire.join();
      await findNetwork(page);
      await expect(done).toBeVisible({ timeout: 120_000 });
      await delivered(page);
      say(`the wire was cut ${cuts} times`);
      expect(cuts, 'times that the wire was cut').toBeGreaterThan(0);

      const tickets = storedRecords<Ticket>(office.dataDir, 'ticket').filter(({ data }) => data.text === WORDS);
      expect(tickets).toHaveLength(1);
      const photos = mediaOf(tickets[0]!.data).filter((one): one is PhotoRef => one.kind === 'photo');
      expect(photos).toHaveLength(shots.length);
      const stored = storedPhotos(office.dataDir);
      for (const sha of photos.flatMap((photo) => [photo.sha, photo.thumb!.sha])) {
        expect([...stored.keys()]).toContain(sha);
        expect(createHash('sha256').update(stored.get(sha)!).digest('hex')).toBe(sha);
      }
    } finally {
      await device.throwAway();
    }
  },
};
