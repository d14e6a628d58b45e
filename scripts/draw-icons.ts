import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ICON_PATHS } from '../src/client/components/icon-paths.ts';
import { findChromium } from './find-chromium.ts';

/** Draws the icons of the manifest from one drawing: `npx node scripts/draw-icons.ts`. */
const RED = '#b3261e';
const OUT = join(import.meta.dirname, '../public/icons');

/** The door in the middle of a square of 64, `scale` of it. */
function door(ground: string, ink: string, { scale = 1, radius = 0 } = {}): string {
  const shift = (64 * (1 - scale)) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
    <rect width="64" height="64" rx="${radius}" fill="${ground}"/>
    <g transform="translate(${shift} ${shift}) scale(${scale})">
      <path d="M19 49V19a4 4 0 0 1 4-4h18a4 4 0 0 1 4 4v30M13 49h38" fill="none" stroke="${ink}" stroke-width="4"
        stroke-linecap="round" stroke-linejoin="round"/>
      <path d="M26 49V22l12-4v31z" fill="${ink}"/>
    </g></svg>`;
}

const line = (name: string): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
  <circle cx="12" cy="12" r="12" fill="${RED}"/>
  <path transform="translate(4.8 4.8) scale(0.6)" d="${ICON_PATHS[name] ?? ''}" fill="none" stroke="#fff"
    stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

const PICTURES: readonly [name: string, size: number, svg: string][] = [
  ['icon-32', 32, door(RED, '#fff', { radius: 15 })],
  ['icon-192', 192, door(RED, '#fff', { radius: 15 })],
  ['icon-512', 512, door(RED, '#fff', { radius: 15 })],
  // The safe zone is the inner circle of 80 %.
  ['maskable-512', 512, door(RED, '#fff', { scale: 0.82 })],
  ['monochrome-512', 512, door('transparent', '#000')],
  ['apple-touch-icon', 180, door(RED, '#fff', { scale: 0.94 })],
  ['shortcut-log', 96, line('plus')],
  ['shortcut-door', 96, line('door')],
  ['shortcut-wall', 96, line('wish')],
];

const executablePath = findChromium();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  await mkdir(OUT, { recursive: true });
  const page = await browser.newPage();
  for (const [name, size, svg] of PICTURES) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    await writeFile(join(OUT, `${name}.png`), await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
