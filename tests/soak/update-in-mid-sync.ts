import { expectEachOnce } from '../browser/support/balance.ts';
import { takeOut } from '../browser/support/faulty-phone.ts';
import { delivered } from '../browser/support/people-at-work.ts';
import { findNetwork, manyMatters, saveAll } from '../browser/support/running-app.ts';
import { moveTo, type SoakWalk } from './soak-walk.ts';
import { newWorkerWaits, takeUpdate } from './take-update.ts';

const WORDS = '更新到一半';

/** The person takes the new version while a batch is on its way: the page goes, the worker changes, the batch arrives. */
export const updateInMidSync: SoakWalk = {
  name: 'update-in-mid-sync',
  async walk(world) {
    const { office, programs, prng } = world;
    await moveTo(world, programs.older);
    const { device, page } = await takeOut(office);
    try {
      await page.goto(device.origin);
      await moveTo(world, programs.newer);
      await newWorkerWaits(page);
      await device.wire.cut();
      const mids = await saveAll(page, manyMatters(200, WORDS));
      await device.wire.join();
      const asked = page.waitForRequest((request) => request.url().endsWith('/api/sync'));
      await findNetwork(page);
      await asked;
      await page.waitForTimeout(prng.int(60));
      await takeUpdate(page);
      await delivered(page);
      expectEachOnce(office.dataDir, mids, WORDS, 200);
    } finally {
      await device.throwAway();
    }
  },
};
