import { sql, type Transaction } from 'kysely';
import type { TextRow } from '../../protocol/sync-lines.ts';
import { prepareQuery } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import type { Position } from './pull-cursor.ts';

export interface Rows {
  rows: TextRow[];
  /** More stand behind the last one, up to the same version. */
  more: boolean;
}

interface Place {
  space: string;
  upTo: number;
  ver: number;
  kind: string;
  id: string;
  limit: number;
}

const findRows = prepareQuery<
  { [name in keyof Place]: Place[name] },
  { kind: string; id: string; ver: number; deleted: number; data: string }
>((db, arg) =>
  db
    .selectFrom('record')
    .select(['kind', 'id', 'ver', 'deleted', 'data'])
    .where('space', '=', arg('space'))
    .where('ver', '<=', arg('upTo'))
    .where(sql<boolean>`(ver, kind, id) > (${arg('ver')}, ${arg('kind')}, ${arg('id')})`)
    .orderBy('ver')
    .orderBy('kind')
    .orderBy('id')
    .limit(arg('limit')),
);

/** The next rows of a space behind a position, up to a version, tombstones among them; what they say as it lies there. */
export async function readRows(
  trx: Transaction<Database>,
  space: string,
  after: Position,
  upTo: number,
  limit: number,
): Promise<Rows> {
  const found = await findRows(trx, { space, upTo, ...after, limit: limit + 1 });
  const rows = found.slice(0, limit).map(({ kind, id, ver, deleted, data }): TextRow => {
    const row = { k: kind, id, ver };
    return deleted ? row : { ...row, t: data };
  });
  return { rows, more: found.length > limit };
}
