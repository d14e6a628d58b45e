import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure } from './figure.ts';

const RESULTS = join(import.meta.dirname, 'results');
const LATEST = join(RESULTS, 'latest.json');

/** Of which state of the source the figures are; undefined where there is no git to ask. */
export async function readCommit(): Promise<string | undefined> {
  const asked = promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: import.meta.dirname });
  return asked.then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

/** What is measured alone leaves the other figures as they were: so each says when it was measured, and of what. */
export async function keepFigures(figures: readonly Figure[], commit: string | undefined): Promise<void> {
  await mkdir(RESULTS, { recursive: true });
  const before = await readFile(LATEST, 'utf8').catch(() => '{}');
  const kept = JSON.parse(before) as Record<string, unknown>;
  const at = new Date().toISOString();
  for (const { name, ...figure } of figures) kept[name] = { ...figure, at, commit };
  await writeFile(LATEST, `${JSON.stringify(kept, null, 2)}\n`);
}
