import type { Browser, Page } from '@playwright/test';
import { CutProxy } from './cut-proxy.ts';
import type { Office } from './office.ts';
import { delivered, readyForOffline, signIn } from './people-at-work.ts';

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1440, height: 900 };

/** A browser of one's own, signed in, with all that one may hold. Without `offline` it puts no copy of the application by. */
export async function comeIn(
  browser: Browser,
  origin: string,
  signInName: string,
  viewport = PHONE,
  offline = false,
): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    serviceWorkers: offline ? 'allow' : 'block',
    hasTouch: viewport.width < DESK.width,
  });
  const page = await context.newPage();
  await signIn(page, origin, signInName);
  await delivered(page);
  return page;
}

export interface Walker {
  page: Page;
  wire: CutProxy;
}

/** With a wire of its own that can be cut, and the application on the phone. */
export async function walkIn(browser: Browser, office: Office, signInName: string): Promise<Walker> {
  const wire = await CutProxy.open(() => office.port);
  const page = await comeIn(browser, wire.origin, signInName, PHONE, true);
  await readyForOffline(page);
  return { page, wire };
}

export async function leave({ page, wire }: Walker): Promise<void> {
  await page.context().close();
  await wire.cut();
}
