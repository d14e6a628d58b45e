import { expect, type Page } from '@playwright/test';

interface AppElement extends HTMLElement {
  __vue_app__: { config: { globalProperties: { $router: { push(to: string): Promise<unknown> } } } };
}

/** To another page of the running application, as its own links go there: nothing is loaded again. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(async (to) => {
    const app = document.querySelector<AppElement>('#app');
    await app?.__vue_app__.config.globalProperties.$router.push(to);
  }, path);
  expect(await page.evaluate(() => location.pathname + location.search)).toBe(path);
  await settled(page);
}

/** The page is there with what it shows, not with the grey lines before it. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.locator('.skeleton')).toHaveCount(0);
}
