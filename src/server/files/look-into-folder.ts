import { readdir, stat } from 'node:fs/promises';
import { isNoSuchFile } from './no-such-file.ts';

/** Null where there is none. */
export async function sizeAndTime(path: string): Promise<{ size: number; mtimeMs: number } | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (isNoSuchFile(error)) return null;
    throw error;
  }
}

/** None where there is no such folder, or a file of that name. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isNoSuchFile(error) || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return [];
    throw error;
  }
}
