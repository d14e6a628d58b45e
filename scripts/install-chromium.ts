import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './find-chromium.ts';

const run = (command: string, args: string[]): boolean => spawnSync(command, args, { stdio: 'inherit' }).status === 0;

const isDebianRoot = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Finds a Chromium or installs one, and says which way it went. */
export function installChromium(): string {
  const found = findChromium();
  if (found !== undefined) {
    console.log(`Chromium: ${found}`);
    return found;
  }
  if (isDebianRoot()) {
    console.log('No Chromium here: installing the system package with apt-get.');
    if (run('apt-get', ['update', '-q'])) run('apt-get', ['install', '-y', '-q', 'chromium', 'fonts-noto-cjk']);
  } else {
    console.log('No Chromium here: installing the one that Playwright brings.');
    run('npx', ['playwright', 'install', 'chromium']);
  }
  const installed = findChromium();
  if (installed === undefined) throw new Error('No Chromium could be found or installed. Set CHROMIUM_PATH to one.');
  return installed;
}
