import { expect, type Page } from '@playwright/test';
import { COORDINATOR } from '../support/demo/people.ts';
import { comeIn, DESK } from './support/come-in.ts';
import { goTo } from './support/go-to.ts';
import { test } from './support/offices.ts';

/** A day at the desk without a mouse. */
test.setTimeout(120_000);

const focusedRow = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-row') ?? null);

test('arrow keys lead through the tabs, and one tab stop leads out of them', async ({ browser, filled }) => {
  const page = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
  await goTo(page, '/desk');
  const tab = (name: string) => page.getByRole('tab', { name });
  await tab('待受理').focus();
  for (const [key, name] of [
    ['ArrowRight', '待安排'],
    ['ArrowRight', '待回访'],
    ['ArrowLeft', '待安排'],
    ['Home', '待受理'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(tab(name)).toBeFocused();
    await expect(tab(name)).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tabpanel', { name })).toBeVisible();
  }
  await page.keyboard.press('Tab');
  await expect(page.locator('[role=tab]:focus')).toHaveCount(0);
  await page.context().close();
});

test('j, k, Enter and / lead through the list at the desk', async ({ browser, filled }) => {
  const page = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
  await goTo(page, '/desk');
  const rows = await page.locator('[data-row]').evaluateAll((all) => all.map((one) => one.getAttribute('data-row')));
  expect(rows.length).toBeGreaterThan(2);
  for (const [key, row] of [
    ['j', 0],
    ['j', 1],
    ['j', 2],
    ['k', 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => focusedRow(page)).toBe(rows[row]);
    await expect(page.locator(`[data-row="${rows[row]}"]`)).toHaveAttribute('aria-current', 'true');
  }
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/desk/tickets/[^/]+/${rows[1]}`));
  await goTo(page, '/desk');
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/desk\/tickets/);
  await expect(page.getByRole('searchbox', { name: '找一件事' })).toBeFocused();
  // In a field the letters are letters.
  await page.keyboard.type('jk');
  await expect(page.getByRole('searchbox', { name: '找一件事' })).toHaveValue('jk');
  await page.context().close();
});

test('a sheet takes the focus, keeps it, and gives it back on Esc to what opened it', async ({ browser, filled }) => {
  const page = await comeIn(browser, filled.origin, COORDINATOR.signInName, DESK);
  await goTo(page, '/desk');
  await page.keyboard.press('j');
  const accept = page.getByRole('button', { name: '受理', exact: true });
  await accept.focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: '受理这件事' });
  await expect(sheet).toBeVisible();
  const inside = (): Promise<boolean> => sheet.evaluate((one) => one.contains(document.activeElement));
  await expect.poll(inside).toBe(true);
  const stops = await sheet.locator('button, input:not([type=radio]), input[type=radio]:checked').count();
  for (let press = 0; press < stops + 2; press++) {
    await page.keyboard.press('Tab');
    expect(await inside()).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(accept).toBeFocused();
  await page.context().close();
});
