import { expect } from '@playwright/test';
import { test } from './support/faulty-phone.ts';
import { delivered } from './support/people-at-work.ts';

/** Newer than TypeScript's library. */
type Routed = PerformanceResourceTiming & { workerFinalSourceType: string };

/** Through what each request went: the network where the worker was never asked, or '' where the worker answered. */
const sourcesOf = (path: string): string[] => [
  ...new Set(
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.startsWith(path))
      .map((entry) => (entry as Routed).workerFinalSourceType),
  ),
];

test('what only the server answers wakes no worker; the program comes from it', async ({ phone: { device, page } }) => {
  await page.goto(device.origin);
  await delivered(page);
  await expect.poll(() => page.evaluate(sourcesOf, '/api/sync')).toEqual(['network']);
  expect(await page.evaluate(sourcesOf, '/api/')).toEqual(['network']);
  expect(await page.evaluate(sourcesOf, '/assets/')).not.toContain('network');
});
