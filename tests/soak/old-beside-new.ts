import { expect, type Page } from '@playwright/test';
import { expectEachOnce } from '../browser/support/balance.ts';
import { takeOut } from '../browser/support/faulty-phone.ts';
import { delivered } from '../browser/support/people-at-work.ts';
import { findNetwork, manyMatters, saveAll, waitingCount } from '../browser/support/running-app.ts';
import { moveTo, type SoakWalk } from './soak-walk.ts';
import { newWorkerWaits, programOf, takeUpdate } from './take-update.ts';

const WORDS = '旧版和新版';

/** Dexie counts its versions by tens. */
const FIRST_OUTBOX = 10;

const outboxVersion = (page: Page): Promise<number | undefined> =>
  page.evaluate(async () => (await indexedDB.databases()).find(({ name }) => name?.startsWith('outbox-'))?.version);

const protocolOf = async (page: Page): Promise<number> => {
  const asked = page.waitForRequest((request) => request.url().endsWith('/api/sync'));
  await findNetwork(page);
  return ((await asked).postDataJSON() as { protocol: number }).protocol;
};

/**
 * A tab of the old build with a queue, while the new worker waits; then the new one opens over a queue that the old one
 * has written, without a network, and both go on beside each other.
 */
export const oldBesideNew: SoakWalk = {
  name: 'old-beside-new',
  async walk(world) {
    const { office, programs } = world;
    await moveTo(world, programs.older);
    const { device, page: older } = await takeOut(office);
    try {
      await older.goto(device.origin);
      if (programs.isEarlier) {
        expect([await protocolOf(older), await outboxVersion(older)]).toEqual([1, FIRST_OUTBOX]);
      }
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

      await device.wire.cut();
      mids.push(...(await saveAll(older, manyMatters(10, `${WORDS} 五`))));
      await takeUpdate(newer);
      expect(await programOf(newer)).not.toBe(await programOf(older));
      expect(await waitingCount(newer)).toBe(10);
      await device.wire.join();
      const [first, second] = await Promise.all([
        saveAll(older, manyMatters(10, `${WORDS} 三`)),
        saveAll(newer, manyMatters(10, `${WORDS} 四`)),
      ]);
      await Promise.all([findNetwork(older), findNetwork(newer)]);
      await Promise.all([delivered(older), delivered(newer)]);
      expect([await waitingCount(older), await waitingCount(newer)]).toEqual([0, 0]);
      expectEachOnce(office.dataDir, [...mids, ...first, ...second], WORDS, 80);
    } finally {
      await device.throwAway();
    }
  },
};
