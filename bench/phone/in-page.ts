import type { Page } from '@playwright/test';
import type { Bench } from './page/page.ts';

/** Calls one of the page's own functions. */
export function inPage<K extends keyof Bench>(
  page: Page,
  name: K,
  ...args: Parameters<Bench[K]>
): Promise<Awaited<ReturnType<Bench[K]>>> {
  return page.evaluate(
    ([called, given]) => {
      const { bench } = globalThis as unknown as { bench: Record<string, (...values: unknown[]) => unknown> };
      return bench[called as string]!(...(given as unknown[]));
    },
    [name, args] as const,
  ) as Promise<Awaited<ReturnType<Bench[K]>>>;
}
