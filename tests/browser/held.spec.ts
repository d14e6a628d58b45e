import { expect } from '@playwright/test';
import type { Ticket } from '../../src/domain/ticket/ticket.ts';
import { demoCommunity } from '../support/demo/neighbourhood.ts';
import { COORDINATOR } from '../support/demo/people.ts';
import { comeIn, DESK, leave, walkIn } from './support/come-in.ts';
import { goTo } from './support/go-to.ts';
import { LEAVING } from './support/more-people.ts';
import { test } from './support/offices.ts';
import { delivered, logMatter, type Matter } from './support/people-at-work.ts';
import { storedRecords } from './support/stored.ts';

/** What was written down before the grid was taken away waits for a coordinator, and nothing of it is lost. */
test.setTimeout(300_000);

const community = demoCommunity('新工社区');
const building = community.estates[0]!.buildings[0]!;
const matter = (floor: number, text: string): Matter => ({
  door: { buildingId: building.id, roomId: building.entrances[0]!.floors[floor]!.rooms[0]!.id },
  search: '信报箱',
  item: '信报箱损坏',
  kind: '问题',
  text,
});
const KEPT = matter(0, '一楼信报箱的锁都坏了。');
const SENT_BACK = matter(1, '二楼信报箱没有门。');

test('a held record is taken in at the desk, another goes back with a reason that its author reads', async ({
  browser,
  filled,
}) => {
  const walker = await walkIn(browser, filled, LEAVING.signInName);
  const desk = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
  const texts = (): string[] => storedRecords<Ticket>(filled.dataDir, 'ticket').map(({ data }) => data.text);

  await test.step('two matters are written down without a network', async () => {
    await walker.wire.cut();
    await logMatter(walker.page, walker.wire.origin, KEPT);
    await logMatter(walker.page, walker.wire.origin, SENT_BACK);
  });

  await test.step('meanwhile the coordinator takes the grid away', async () => {
    await goTo(desk, '/desk/members');
    await desk.getByRole('searchbox').fill(LEAVING.name);
    await desk.getByRole('button', { name: LEAVING.name }).click();
    const sheet = desk.getByRole('dialog');
    await sheet.getByRole('checkbox', { name: `走访${community.defaultGrid.name}` }).uncheck({ force: true });
    await sheet.getByRole('switch', { name: '认领心愿' }).click();
    await sheet.getByRole('button', { name: '保存' }).click();
    await expect(sheet).toBeHidden();
  });

  await test.step('what arrives then is held, and says so on the phone', async () => {
    await walker.wire.join();
    await walker.page.reload();
    await goTo(walker.page, '/attention');
    const card = walker.page.getByRole('article').filter({ hasText: KEPT.text });
    await expect(card).toContainText('等协调员看过', { timeout: 60_000 });
    expect(texts()).not.toContain(KEPT.text);
  });

  await test.step('the coordinator takes in one and sends back the other', async () => {
    await goTo(desk, '/desk/held');
    const entry = (text: string) => desk.getByRole('listitem').filter({ hasText: text });
    await entry(KEPT.text).getByRole('button', { name: '收下' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: '收下' }).click();
    await expect(desk.getByRole('dialog')).toBeHidden();
    await expect(entry(KEPT.text)).toHaveCount(0);
    await expect(entry(SENT_BACK.text)).toBeVisible();
    await entry(SENT_BACK.text).getByRole('button', { name: '退回' }).click();
    await desk.getByRole('dialog').getByLabel('为什么退回').fill('二楼的信报箱上周已经换新了。');
    await desk.getByRole('dialog').getByRole('button', { name: '退回' }).click();
    await expect(desk.getByRole('dialog')).toBeHidden();
    await expect(entry(SENT_BACK.text)).toHaveCount(0);
    expect(texts()).toContain(KEPT.text);
    expect(texts()).not.toContain(SENT_BACK.text);
  });

  await test.step('the one stands among what waits to be accepted', async () => {
    await goTo(desk, '/desk');
    await expect(desk.getByText(KEPT.text).first()).toBeVisible();
    await delivered(desk);
  });

  await test.step('the author reads the reason, and has the words of the other still', async () => {
    await goTo(walker.page, '/notices');
    await expect(walker.page.getByText('二楼的信报箱上周已经换新了。').first()).toBeVisible();
    await goTo(walker.page, '/attention');
    const card = walker.page.getByRole('article').filter({ hasText: SENT_BACK.text });
    await expect(card).toContainText('退回的原因：二楼的信报箱上周已经换新了。');
    await expect(card.getByRole('link', { name: '改好再提交' })).toBeVisible();
    await expect(walker.page.getByText(KEPT.text)).toHaveCount(0);
  });
  await desk.context().close();
  await leave(walker);
});
