import { expect, type Locator, type Page } from '@playwright/test';

/** The new worker is here and waits for the person's word. */
export const newWorkerWaits = (page: Page): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          const registration = await navigator.serviceWorker.ready;
          await registration.update().catch(() => undefined);
          return registration.waiting !== null;
        }),
      { timeout: 30_000 },
    )
    .toBe(true);

/** None is on its way: it is here, or it did not come through. */
export const noWorkerIsInstalling = (page: Page): Promise<void> =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          const registration = await navigator.serviceWorker.getRegistration();
          return (registration?.installing ?? null) === null;
        }),
      { timeout: 30_000 },
    )
    .toBe(true);

const updateButton = (page: Page): Locator => page.getByRole('button', { name: '现在更新' });

export const updateIsOffered = (page: Page): Promise<boolean> => updateButton(page).isVisible();

/** The browser leaves an old worker that is asked for something in that very moment for five minutes. */
const LONGEST = 6 * 60_000;

/** 现在更新: the new worker takes over, and this page is loaded again. */
export async function takeUpdate(page: Page): Promise<void> {
  const loaded = page.waitForEvent('load', { timeout: LONGEST });
  await updateButton(page).click();
  await loaded;
}

/** Which build the page runs: the name of its first piece. */
export const programOf = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.querySelector('script[type=module]')?.getAttribute('src') ?? null);
