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
