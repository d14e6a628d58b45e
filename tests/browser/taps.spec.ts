import { expect, type Locator, type Page } from '@playwright/test';
import type { Ticket } from '../../src/domain/ticket/ticket.ts';
import type { Visit } from '../../src/domain/visit/visit.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { VOLUNTEER } from '../support/demo/people.ts';
import { comeIn } from './support/come-in.ts';
import { goTo } from './support/go-to.ts';
import { test } from './support/offices.ts';
import { delivered } from './support/people-at-work.ts';
import { storedRecords } from './support/stored.ts';

/** How often a thumb comes down: a problem in four taps and its text, the next door in three. */
test.setTimeout(180_000);

const building = demoCommunity('清泰门社区').estates[0]!.buildings[4]!;
const [here, newDoor] = building.entrances[0]!.floors.flatMap((floor) => floor.rooms);

interface TapWindow extends Window {
  taps?: number;
}

/** Taps from here on, as the page gets them, so that none goes uncounted. */
async function countTaps(page: Page): Promise<() => Promise<number>> {
  const taps = (): Promise<number> => page.evaluate(() => (window as unknown as TapWindow).taps ?? 0);
  await page.evaluate(() => {
    const here = window as unknown as TapWindow;
    const count = (event: PointerEvent): void => {
      if (event.isTrusted) here.taps = (here.taps ?? 0) + 1;
    };
    if (here.taps === undefined) addEventListener('pointerdown', count, true);
    here.taps = 0;
  });
  return taps;
}

const inMain = (page: Page): Locator => page.getByRole('main');

test('from home, a problem at a new door takes four taps and its text; from a door the next one takes three', async ({
  browser,
  filled,
}) => {
  const page = await comeIn(browser, filled.origin, VOLUNTEER.signInName);
  await test.step('the volunteer has been at a door of this building', async () => {
    await goTo(page, `/door/${building.id}/${here!.id}`);
    await page.getByRole('button', { name: '见到' }).tap();
    await expect(inMain(page).getByText('见到').first()).toBeVisible();
    await goTo(page, '/');
  });

  await test.step('a problem at another one', async () => {
    const text = '楼道灯不亮';
    const taps = await countTaps(page);
    await page.getByRole('link', { name: '记一件' }).tap();
    await page.getByRole('button', { name: newDoor!.label }).first().tap();
    await page.getByRole('searchbox', { name: '找事项' }).pressSequentially(text);
    await page.getByRole('button', { name: /楼道/ }).first().tap();
    // What was said to the search stands in the field already.
    await expect(page.getByLabel('居民怎么说的')).toHaveValue(text);
    await page.getByRole('button', { name: '居民口头同意，保存' }).tap();
    await expect(page.getByRole('article', { name: '便民条' })).toBeVisible();
    expect(await taps()).toBe(4);
    await delivered(page);
    const saved = storedRecords<Ticket>(filled.dataDir, 'ticket').find(({ data }) => data.text === text);
    expect(saved?.data.place.roomId).toBe(newDoor!.id);
  });

  await test.step('the next door', async () => {
    await goTo(page, `/door/${building.id}/${here!.id}`);
    const visits = (): number =>
      storedRecords<Visit>(filled.dataDir, 'visit').filter(({ data }) => data.place.buildingId === building.id).length;
    const before = visits();
    const taps = await countTaps(page);
    await page.getByRole('button', { name: /^下一户/ }).tap();
    await page.getByRole('button', { name: '不在家' }).tap();
    await expect(page.getByRole('button', { name: /^下一户/ })).toBeVisible();
    expect(await taps()).toBe(2);
    await expect.poll(visits).toBe(before + 1);
  });
  await page.context().close();
});
