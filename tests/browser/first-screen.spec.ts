import { expect, test, type Page } from '@playwright/test';
import { buildOffice } from '../support/demo/build-demo.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { ADMIN, COORDINATOR, VOLUNTEER } from '../support/demo/people.ts';
import { fillOffice } from './support/fill-office.ts';
import { Office } from './support/office.ts';
import { delivered, logMatter, signIn, type Matter } from './support/people-at-work.ts';

const building = demoCommunity('清泰门社区').estates[0]!.buildings[0]!;
const MATTER: Matter = {
  door: { buildingId: building.id, roomId: building.entrances[0]!.floors[0]!.rooms[0]!.id },
  search: '信报箱',
  item: '信报箱损坏',
  kind: '问题',
  text: '一楼信报箱的锁坏了。',
};

/** What is kept of a first screen is written half a second after the last change. */
const KEPT_MS = 1500;

/** Another tab that writes into the store of rows, and does not come to an end: nobody reads them meanwhile. */
async function holdRows(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(async () => {
    const { name } = (await indexedDB.databases()).find((one) => one.name?.startsWith('cache-'))!;
    const open = indexedDB.open(name!);
    await new Promise((resolve) => (open.onsuccess = resolve));
    const rows = open.result.transaction('chunks', 'readwrite').objectStore('chunks');
    const hold = (): void => {
      if (!('released' in globalThis)) rows.count().onsuccess = hold;
    };
    hold();
  });
  return () => page.evaluate(() => void Object.assign(globalThis, { released: true }));
}

const words = async (page: Page): Promise<string> => (await page.locator('#main').innerText()).replaceAll(/\s+/g, ' ');

test('the first screen is there before the spaces are read, and says what it says after that', async ({ browser }) => {
  const office = await Office.open(fillOffice((deps) => buildOffice(deps, [ADMIN, VOLUNTEER, COORDINATOR])));
  try {
    for (const { signInName } of [VOLUNTEER, COORDINATOR]) {
      const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
      const page = await context.newPage();
      await signIn(page, office.origin, signInName);
      if (signInName === VOLUNTEER.signInName) await logMatter(page, office.origin, MATTER);
      await page.goto(office.origin);
      await delivered(page);
      await page.waitForTimeout(KEPT_MS);
      const before = await words(page);
      expect(before).toMatch(/[1-9] 件在办|待受理 1/);

      const other = await context.newPage();
      await other.goto(`${office.origin}/robots.txt`);
      const release = await holdRows(other);
      await page.goto(office.origin);
      await expect.poll(() => words(page)).toBe(before);
      // Every other page waits for the rows.
      const shown = await words(page);
      await page.getByRole('link', { name: '心愿墙' }).first().click();
      await page.waitForTimeout(500);
      expect(await words(page)).toBe(shown);
      await release();
      await expect(page).toHaveURL(/\/wall/);
      await page.goBack();
      await expect.poll(() => words(page)).toBe(before);
      await context.close();
    }
  } finally {
    await office.close();
  }
});
