import { sql, type Transaction } from 'kysely';
import type { TextRow } from '../../protocol/sync-lines.ts';
import type { Database } from '../db/schema.ts';
import type { Position } from './pull-cursor.ts';

export interface Rows {
  rows: TextRow[];
  /** More stand behind the last one, up to the same version. */
  more: boolean;
}

/** The next rows of a space behind a position, up to a version, tombstones among them; what they say as it lies there. */
export async function readRows(
  trx: Transaction<Database>,
  space: string,
  after: Position,
  upTo: number,
  limit: number,
): Promise<Rows> {
  const found = await trx
    .selectFrom('record')
    .select(['kind', 'id', 'ver', 'deleted', 'data'])
    .where('space', '=', space)
    .where('ver', '<=', upTo)
    .where(sql<boolean>`(ver, kind, id) > (${after.ver}, ${after.kind}, ${after.id})`)
    .orderBy('ver')
    .orderBy('kind')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  const rows = found.slice(0, limit).map(({ kind, id, ver, deleted, data }): TextRow => {
    const row = { k: kind, id, ver };
    return deleted ? row : { ...row, t: data };
  });
  return { rows, more: found.length > limit };
}
