import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS } from './scripts/chromium-flags.ts';
import { findChromium } from './scripts/find-chromium.ts';

const NOTHING_IS_LOST = /\/(faults|faults-storage|photos|background-sync|conflict|held|rescue|storage)\.spec\.ts$/;

const phone = { width: 390, height: 844 };

/** A real Chromium against the real, built application. Each test starts its own server on a free port. */
export default defineConfig({
  testDir: 'tests/browser',
  testMatch: '**/*.spec.ts',
  timeout: 120_000,
  // A second try on a busy machine counts as passed and is named at the end. What proves that nothing is lost has none:
  // a write that was lost once is lost, whatever the second try says.
  projects: [
    { name: 'nothing is lost', testMatch: NOTHING_IS_LOST, retries: 0 },
    { name: 'the rest', testIgnore: NOTHING_IS_LOST, retries: process.env['CI'] === undefined ? 0 : 1 },
  ],
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  use: {
    viewport: phone,
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    launchOptions: {
      executablePath: findChromium(),
      args: CHROMIUM_FLAGS,
    },
    screenshot: 'only-on-failure',
    // Writing a trace down costs a fifth of the run; the second try of a test that failed writes one.
    trace: 'on-first-retry',
  },
});
