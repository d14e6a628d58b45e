import { expect } from '@playwright/test';
import type { Ticket } from '../../src/domain/ticket/ticket.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { ADMIN, VOLUNTEER } from '../support/demo/people.ts';
import { comeIn, DESK, leave, walkIn } from './support/come-in.ts';
import { goTo } from './support/go-to.ts';
import { test } from './support/offices.ts';
import { delivered, logMatter } from './support/people-at-work.ts';
import { storedRecords } from './support/stored.ts';

/** A building is handed over while a volunteer stands in it without a network. */
test.setTimeout(240_000);

const community = demoCommunity('清泰门社区');
const [grid] = community.furtherGrids;
const building = community.estates.find(({ gridId }) => gridId === community.defaultGrid.id)!.buildings.at(-1)!;
const TEXT = '三楼的信报箱关不上了。';

test('what was written down in a building that moved meanwhile stands in its new grid, and its slip still opens', async ({
  browser,
  filled,
}) => {
  const walker = await walkIn(browser, filled, VOLUNTEER.signInName);
  const admin = await comeIn(browser, filled.origin, ADMIN.signInName, DESK);
  const ticket = () => storedRecords<Ticket>(filled.dataDir, 'ticket').find(({ data }) => data.text === TEXT);

  await walker.wire.cut();
  const { code } = await logMatter(walker.page, walker.wire.origin, {
    door: { buildingId: building.id, roomId: building.entrances[0]!.floors[0]!.rooms[0]!.id },
    search: '信报箱',
    item: '信报箱损坏',
    kind: '问题',
    text: TEXT,
  });
  const oldLink = new URL(walker.page.url()).pathname;
  expect(oldLink).toContain(community.defaultGrid.id);

  await test.step('the admin hands the building over', async () => {
    await goTo(admin, `/admin/communities/${community.id}/buildings/${building.id}`);
    await admin.getByRole('button', { name: /所属网格/ }).click();
    const sheet = admin.getByRole('dialog');
    await sheet.getByRole('radio', { name: grid!.name }).check({ force: true });
    await sheet.getByRole('button', { name: '划过去' }).click();
    await expect(admin.getByRole('button', { name: /所属网格/ })).toContainText(grid!.name);
    await delivered(admin);
  });

  await walker.wire.join();
  await walker.page.reload();
  await expect.poll(() => ticket()?.space, { timeout: 60_000 }).toBe(`grid:${grid!.id}`);
  expect(ticket()?.data.place.gridId).toBe(grid!.id);

  await test.step('the old link of the slip leads to where it is now', async () => {
    await walker.page.goto(walker.wire.origin + oldLink);
    await expect(walker.page).toHaveURL(new RegExp(grid!.id), { timeout: 60_000 });
    await expect(walker.page.getByRole('article', { name: '便民条' })).toBeVisible();
  });

  await test.step('and the resident reads on', async () => {
    await admin.goto(`${filled.origin}/r/${code}`);
    await expect(admin.getByText('已登记').first()).toBeVisible();
  });
  await admin.context().close();
  await leave(walker);
});
