import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { namesIn, sizeAndTime } from '../files/look-into-folder.ts';
import { isNoSuchFile } from '../files/no-such-file.ts';
import { sweepFolder } from '../files/sweep-folder.ts';
import { syncPath } from '../files/sync-path.ts';
import { SHA } from '../../domain/photo/media-args.ts';
import type { KeptPhoto, PhotoStore } from './photo-store.ts';

/** `<folder>/ab/cd/abcd…`: no folder grows to more files than a person can list. */
export const photoPath = (folder: string, sha: string): string => join(folder, sha.slice(0, 2), sha.slice(2, 4), sha);

export function folderStore(folder: string, newName: () => string): PhotoStore {
  const pathOf = (sha: string) => photoPath(folder, sha);
  const temporary = join(folder, 'new');
  return {
    async put(sha, bytes) {
      const path = pathOf(sha);
      const first = join(temporary, `${sha}.${newName()}`);
      await mkdir(temporary, { recursive: true, mode: 0o700 });
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        await writeToDisk(first, bytes);
        await rename(first, path);
      } catch (error) {
        await rm(first, { force: true });
        throw error;
      }
      // The name lies in the folder, the folder's in its own: each is on the disk before anyone is told.
      for (const parent of [dirname(path), dirname(dirname(path)), folder]) await syncPath(parent);
    },
    async get(sha) {
      try {
        return Uint8Array.from(await readFile(pathOf(sha)));
      } catch (error) {
        if (isNoSuchFile(error)) return null;
        throw error;
      }
    },
    async remove(sha) {
      await rm(pathOf(sha), { force: true });
    },
    async list(start) {
      const found: KeptPhoto[] = [];
      for (const second of await namesIn(join(folder, start))) {
        for (const sha of await namesIn(join(folder, start, second))) {
          const file = SHA.test(sha) ? await sizeAndTime(pathOf(sha)) : null;
          if (file) found.push({ sha, size: file.size, putAt: file.mtimeMs });
        }
      }
      return found;
    },
    async mark(office) {
      const marks = join(folder, 'offices');
      await mkdir(marks, { recursive: true, mode: 0o700 });
      await writeFile(join(marks, office), '', { mode: 0o600 });
      return readdir(marks);
    },
    sweep: (before) => sweepFolder(temporary, before),
  };
}

async function writeToDisk(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
