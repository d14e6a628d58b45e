import { expect } from '@playwright/test';
import { expectEachOnce } from '../browser/support/balance.ts';
import { takeOut } from '../browser/support/faulty-phone.ts';
import { delivered } from '../browser/support/people-at-work.ts';
import { findNetwork, manyMatters, saveAll, waitingCount } from '../browser/support/running-app.ts';
import { moveTo, type SoakWalk } from './soak-walk.ts';
import { newWorkerWaits, programOf, takeUpdate } from './take-update.ts';

const WORDS = '旧版和新版';

/** A tab of the old build with a queue, while the new worker waits, and afterwards beside a tab of the new one. */
export const oldBesideNew: SoakWalk = {
  name: 'old-beside-new',
  async walk(world) {
    const { office, programs } = world;
    await moveTo(world, programs.older);
    const { device, page: older } = await takeOut(office);
    try {
      await older.goto(device.origin);
      await device.wire.cut();
      const mids = await saveAll(older, manyMatters(40, `${WORDS} 一`));
      await moveTo(world, programs.newer);
      await device.wire.join();
      const newer = await device.openTab();
      await newer.goto(device.origin);
      await newWorkerWaits(newer);
      mids.push(...(await saveAll(older, manyMatters(10, `${WORDS} 二`))));
      await findNetwork(older);
      await delivered(older);
      expectEachOnce(office.dataDir, mids, WORDS, 50);

      await takeUpdate(newer);
      expect(await programOf(newer)).not.toBe(await programOf(older));
      const [first, second] = await Promise.all([
        saveAll(older, manyMatters(10, `${WORDS} 三`)),
        saveAll(newer, manyMatters(10, `${WORDS} 四`)),
      ]);
      await Promise.all([delivered(older), delivered(newer)]);
      expect([await waitingCount(older), await waitingCount(newer)]).toEqual([0, 0]);
      expectEachOnce(office.dataDir, [...mids, ...first, ...second], WORDS, 70);
    } finally {
      await device.throwAway();
    }
  },
};
