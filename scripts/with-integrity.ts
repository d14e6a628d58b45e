import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Each file that the worker puts by, with the hash by which the browser knows it again. A captive portal answers 200 with
 * a page of its own for every piece of the program, and the phone would open on that, blank, until a later build.
 */
export const withIntegrity = <T extends { url: string }>(entries: readonly T[], folder: string): Promise<T[]> =>
  Promise.all(
    entries.map(async (entry) => {
      const hash = createHash('sha256').update(await readFile(join(folder, entry.url)));
      return { ...entry, integrity: `sha256-${hash.digest('base64')}` };
    }),
  );
