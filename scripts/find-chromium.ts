import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** A Chromium that is on this machine: `CHROMIUM_PATH`, the system's, or Playwright's; undefined where there is none. */
export function findChromium(): string | undefined {
  const places = [process.env['CHROMIUM_PATH'], ...PLACES, chromium.executablePath()];
  return places.find((place) => place !== undefined && place !== '' && existsSync(place));
}
