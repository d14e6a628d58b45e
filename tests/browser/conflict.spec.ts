import { expect, type Page } from '@playwright/test';
import type { Conflict } from '../../src/domain/conflict/conflict.ts';
import { COORDINATOR, VOLUNTEER } from '../support/demo/people.ts';
import { comeIn, DESK, leave, walkIn } from './support/come-in.ts';
import { goTo } from './support/go-to.ts';
import { deskPath, doorPath, mattersOf, ticketNow, type StoredMatter } from './support/matters.ts';
import { FELLOW } from './support/more-people.ts';
import { test } from './support/offices.ts';
import { delivered } from './support/people-at-work.ts';
import { storedRecords } from './support/stored.ts';

/** Two people change the same words without a network: nothing is lost, and somebody decides. */
test.setTimeout(300_000);

async function amend(page: Page, matter: StoredMatter, text: string): Promise<void> {
  await goTo(page, doorPath(matter));
  await page.getByRole('button', { name: '改内容' }).click();
  await page.getByLabel('居民怎么说的').fill(text);
  await page.getByRole('button', { name: '保存修改' }).click();
  await expect(page.getByText('改好了，已存本机').first()).toBeVisible();
}

test('of two values for one field both are shown, and either can be chosen by its author or at the desk', async ({
  browser,
  filled,
}) => {
  const matters = ['accepted', 'dispatched', 'inProgress'] as const;
  const [mine, theirs, third, desks] = matters
    .flatMap((state) => mattersOf(filled, state, '清泰门社区'))
    .slice(0, 4) as [StoredMatter, StoredMatter, StoredMatter, StoredMatter];
  const first = await walkIn(browser, filled, VOLUNTEER.signInName);
  const second = await walkIn(browser, filled, FELLOW.signInName);
  const chens = (matter: StoredMatter): string => `${matter.data.text}陈晓看到的。`;
  const hans = (matter: StoredMatter): string => `${matter.data.text}韩冬看到的。`;

  const both = `${third.data.text}两个人看到的都写上。`;

  await test.step('both change the same four matters offline, and one arrives first', async () => {
    await first.wire.cut();
    await second.wire.cut();
    for (const matter of [mine, theirs, third, desks]) {
      await amend(first.page, matter, chens(matter));
      await amend(second.page, matter, hans(matter));
    }
    await first.wire.join();
    await first.page.reload();
    await delivered(first.page);
    for (const matter of [mine, theirs, third, desks]) expect(ticketNow(filled, matter.id)?.text).toBe(chens(matter));
    await second.wire.join();
    await second.page.reload();
  });

  await test.step('the one who came second reads both values, decides two of them, writes a third text for one, and puts one aside', async () => {
    await goTo(second.page, '/attention');
    const card = (matter: StoredMatter) => second.page.getByRole('article').filter({ hasText: hans(matter) });
    for (const matter of [mine, theirs, third, desks]) await expect(card(matter)).toContainText(chens(matter));
    await card(mine).getByRole('button', { name: '用我写的' }).click();
    await expect(card(mine)).toHaveCount(0);
    await card(theirs).getByRole('button', { name: '保留现在的' }).click();
    await expect(card(theirs)).toHaveCount(0);
    await card(third).getByRole('button', { name: '改一改再发' }).click();
    const words = second.page.getByRole('dialog').getByRole('textbox');
    await expect(words).toHaveValue(hans(third));
    await words.fill(both);
    await second.page.getByRole('button', { name: '就用这个' }).click();
    await expect(card(third)).toHaveCount(0);
    await expect.poll(() => ticketNow(filled, third.id)?.text).toBe(both);
    await card(desks).getByRole('button', { name: '放到一边' }).click();
    await second.page.getByRole('dialog').getByRole('button', { name: '放到一边' }).click();
    await expect(second.page.getByText('没有要处理的')).toBeVisible();
    await second.page.getByText('放到一边的 · 1').click();
    await expect(card(desks)).toContainText(chens(desks));
    await expect.poll(() => ticketNow(filled, mine.id)?.text).toBe(hans(mine));
    const decided = (): (string | null)[] =>
      storedRecords<Conflict>(filled.dataDir, 'conflict')
        .filter(({ data }) => data.recordId === theirs.id)
        .map(({ data }) => data.resolution);
    await expect.poll(decided).toEqual(['theirs']);
    expect(ticketNow(filled, theirs.id)?.text).toBe(chens(theirs));
  });

  await test.step('the coordinator reads both of the one that was put aside, and takes the second', async () => {
    const desk = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
    await goTo(desk, deskPath(desks));
    const clash = desk
      .locator('section')
      .filter({ has: desk.getByRole('heading', { name: '两个人改了同一处 · 原话' }) });
    await expect(clash).toContainText(chens(desks));
    await expect(clash).toContainText(hans(desks));
    await clash.getByRole('button', { name: `用${FELLOW.name}的` }).click();
    await expect(clash.getByText(`定了：用${FELLOW.name}的`)).toBeVisible();
    await expect.poll(() => ticketNow(filled, desks.id)?.text).toBe(hans(desks));
    await desk.context().close();
  });

  await test.step('and nobody has anything left to decide', async () => {
    await expect(second.page.getByText('没有要处理的')).toBeVisible();
    await goTo(first.page, doorPath(mine));
    await expect(first.page.getByText(hans(mine)).first()).toBeVisible();
  });
  await leave(first);
  await leave(second);
});
