import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What a server and its client are made of. */
const PARTS = ['src', 'public', 'scripts', 'index.html', 'vite.config.ts', 'package.json', 'tsconfig.base.json'];

export interface TwoPrograms {
  /** As it is built here. */
  older: string;
  /** The same, built again: other names for every piece that knows its build, another worker. */
  newer: string;
  remove(): void;
}

/** The program twice, each with a build of its own: an office moves from the one to the other by a restart. */
export function makeTwoPrograms(): TwoPrograms {
  const home = mkdtempSync(join(tmpdir(), 'doorstep-programs-'));
  const copy = (name: string): string => {
    const folder = join(home, name);
    for (const part of PARTS) cpSync(part, join(folder, part), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    return folder;
  };
  const [older, newer] = [copy('older'), copy('newer')];
  cpSync('dist', join(older, 'dist'), { recursive: true });
  const built = spawnSync('node_modules/.bin/node', ['scripts/build.ts'], { cwd: newer, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The second build failed:\n${built.stderr}`);
  return { older, newer, remove: () => rmSync(home, { recursive: true, force: true }) };
}
