import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Made by the last step of a build. */
const BUILT = 'dist/client/index.html.br';
const BUILDERS = ['build', 'build-sender', 'compress-files'].map((name) => `scripts/${name}.ts`);
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json', ...BUILDERS];

function newestChange(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}

/** Builds the client unless what is built is newer than every source. */
export function ensureBuild(): void {
  const built = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > Math.max(...SOURCES.map(newestChange))) return;
  console.log('Building the client …');
  const result = spawnSync('node_modules/.bin/node', ['scripts/build.ts'], { stdio: 'inherit' });
  if (result.status !== 0) throw new Error('The client could not be built.');
}
