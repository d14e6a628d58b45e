import { expect, type Page } from '@playwright/test';
import { DEMO_PASSWORD } from '../../support/demo/people.ts';

/** What people do, in the words that they see. */

export async function signIn(page: Page, origin: string, signInName: string): Promise<void> {
  await page.goto(`${origin}/signin`);
  await page.getByLabel('登录名').fill(signInName);
  await page.getByLabel('密码', { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await expect(page).not.toHaveURL(/signin/, { timeout: 60_000 });
}

/** The application is on the phone, not only on the screen: its worker answers for the server. */
export async function readyForOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

export const delivered = (page: Page): Promise<void> =>
  expect(page.getByText('都已送达').filter({ visible: true }).first()).toBeVisible({ timeout: 60_000 });

export interface Matter {
  door: { buildingId: string; roomId: string };
  /** What is typed into the catalogue's search. */
  search: string;
  item: string;
  kind: '问题' | '微心愿';
  text: string;
  sensitive?: boolean;
}

export interface HandedSlip {
  code: string;
  pin: string;
}

/** From the door to the slip in the resident's hand. */
export async function logMatter(page: Page, origin: string, matter: Matter): Promise<HandedSlip> {
  const { buildingId, roomId } = matter.door;
  await page.goto(`${origin}/door/${buildingId}/${roomId}`);
  const met = page.getByRole('button', { name: '见到' });
  const log = page.getByRole('main').getByRole('link', { name: '记一件' });
  await expect(met.or(log).first()).toBeVisible();
  if (await met.isVisible()) await met.click();
  await page.goto(`${origin}/log?room=${roomId}&building=${buildingId}`);
  await page.getByRole('searchbox', { name: '找事项' }).fill(matter.search);
  await page.getByRole('button', { name: matter.item }).first().click();
  const kind = page.getByRole('radio', { name: matter.kind });
  if ((await kind.count()) > 0) await kind.check({ force: true });
  await page.getByLabel('居民怎么说的').fill(matter.text);
  if (matter.sensitive === true) await page.getByRole('checkbox', { name: /单独/ }).check({ force: true });
  const save = matter.kind === '微心愿' ? '愿意上墙，保存' : '居民口头同意，保存';
  await page.getByRole('button', { name: save }).click();
  return readSlip(page);
}

export async function readSlip(page: Page): Promise<HandedSlip> {
  const slip = page.getByRole('article', { name: '便民条' });
  await expect(slip).toBeVisible();
  const code = (await slip.locator('.code').innerText()).replaceAll(/\s/g, '');
  const pin = await slip.locator('.pin').innerText();
  expect(code).toMatch(/^[0-9A-Z]{10}$/);
  expect(pin).toMatch(/^\d{4}$/);
  return { code, pin };
}
