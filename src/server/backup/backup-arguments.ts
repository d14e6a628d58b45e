import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConsoleFault } from '../console-fault.ts';

/** Where a backup lies: its one file, and the folder of its photos, which many backups may share. */
export interface BackupPlace {
  file: string;
  photoFolder: string;
}

/** FILE, and its photos: in the folder `photos` beside it, or as said. */
export function readBackupArguments(args: readonly string[]): BackupPlace | null {
  const { values, positionals } = parse(args);
  const [name, ...more] = positionals;
  if (more.length > 0) throw new ConsoleFault(`One FILE is expected, but ${positionals.length} are given.`);
  if (name === undefined) return null;
  const file = resolve(name);
  return { file, photoFolder: resolve(values.photos ?? join(dirname(file), 'photos')) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { photos: { type: 'string' } }, allowPositionals: true });
  } catch {
    throw new ConsoleFault('Only --photos DIR is known beside FILE.');
  }
}
