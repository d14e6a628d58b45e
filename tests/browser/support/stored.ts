import { SHA } from '../../../src/domain/photo/media-args.ts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';

/** What the server has stored, read from its file beside it. */
export function storedRecords<T>(dataDir: string, kind: string): { id: string; space: string; data: T }[] {
  const db = new DatabaseSync(join(dataDir, 'doorstep.sqlite'), { readOnly: true });
  try {
    const rows = db.prepare('select id, space, data from record where kind = ? and deleted = 0').all(kind) as {
      id: string;
      space: string;
      data: string;
    }[];
    return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as T }));
  } finally {
    db.close();
  }
}

/** Every file of the photo store, by its name. */
export function storedPhotos(dataDir: string): Map<string, Buffer> {
  const folder = join(dataDir, 'photos');
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true });
  return new Map(
    files
      .filter((one) => one.isFile() && SHA.test(one.name))
      .map((one) => [one.name, readFileSync(join(one.parentPath, one.name))]),
  );
}
