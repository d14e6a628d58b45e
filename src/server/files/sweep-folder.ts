import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn, sizeAndTime } from './look-into-folder.ts';

/** Throws away the files of a folder that nobody has written to since. */
export async function sweepFolder(folder: string, before: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    const file = await sizeAndTime(path);
    if (file && file.mtimeMs < before) await rm(path, { force: true });
  }
}
