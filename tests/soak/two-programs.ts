import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What a server and its client are made of. */
const PARTS = ['src', 'public', 'scripts', 'index.html', 'vite.config.ts', 'package.json', 'tsconfig.base.json'];

/**
 * The last page that spoke protocol 1. It keeps its outbox and its cache in their first shape, writes `conflict.resolve` 1,
 * and knows of no photo's bytes.
 */
const EARLIER_PAGE = 'f4dc29b4ff331219ec9f73d702f368b83aa6def3';

export interface TwoPrograms {
  /** The server of today with an earlier page before it, or with today's where the history does not reach back to that. */
  older: string;
  isEarlier: boolean;
  /** Today's, built again: other names for every piece that knows its build, another worker. */
  newer: string;
  remove(): void;
}

/** The program twice, each with a page of its own: an office moves from the one to the other by a restart. */
export function makeTwoPrograms(): TwoPrograms {
  const home = mkdtempSync(join(tmpdir(), 'doorstep-programs-'));
  const copy = (name: string): string => {
    const folder = join(home, name);
    for (const part of PARTS) cpSync(part, join(folder, part), { recursive: true });
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
    return folder;
  };
  const [older, newer] = [copy('older'), copy('newer')];
  const isEarlier = has(EARLIER_PAGE);
  cpSync(isEarlier ? buildEarlierPage(join(home, 'earlier')) : 'dist', join(older, 'dist'), { recursive: true });
  run('node_modules/.bin/node', ['scripts/build.ts'], newer);
  return { older, isEarlier, newer, remove: () => rmSync(home, { recursive: true, force: true }) };
}

const has = (commit: string): boolean => spawnSync('git', ['cat-file', '-e', `${commit}^{commit}`]).status === 0;

/** Answers where it was built, from its own sources. Its server could not open a database of today. */
function buildEarlierPage(folder: string): string {
  mkdirSync(folder);
  const archive = join(folder, 'sources.tar');
  run('git', ['archive', '--output', archive, EARLIER_PAGE], '.');
  run('tar', ['-xf', archive], folder);
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  run('node_modules/.bin/node', ['node_modules/vite/bin/vite.js', 'build'], folder);
  return join(folder, 'dist');
}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`);
}
