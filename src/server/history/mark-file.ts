import { readFile, writeFile } from 'node:fs/promises';
import { isNoSuchFile } from '../files/no-such-file.ts';
import { renameDurably } from '../files/rename-durably.ts';

/** Where a mark lies beside the database, and stays when somebody puts another database in its place. */
export interface MarkFile {
  /** Null where none was ever set. */
  read(): Promise<string | null>;
  /** Resolves when the mark is on the disk. */
  write(mark: string): Promise<void>;
}

/** Never half a mark: it is written under another name first. */
export const openMarkFile = (path: string): MarkFile => ({
  async read() {
    try {
      return (await readFile(path, 'utf8')).trim();
    } catch (error) {
      if (isNoSuchFile(error)) return null;
      throw error;
    }
  },
  async write(mark) {
    const part = `${path}.part`;
    await writeFile(part, `${mark}\n`, { mode: 0o600 });
    await renameDurably(part, path);
  },
});
