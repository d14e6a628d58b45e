import type { Kysely } from 'kysely';
import type { DomainRecord, Kind } from '../../domain/record/record.ts';
import type { RecordData } from '../../domain/record/record-data.ts';
import type { SpaceId } from '../../domain/space/space.ts';
import type { Database } from '../db/schema.ts';
import type { RecordKey, StoredRecord } from './workspace.ts';

/** One live record, or undefined. Asks nobody for permission: the caller does. */
export async function readRecord<K extends Kind>(
  db: Kysely<Database>,
  space: SpaceId,
  kind: K,
  id: string,
): Promise<DomainRecord<K> | undefined> {
  const { ver, data } = await readStored(db, { space, kind, id });
  return data === undefined ? undefined : { space, kind, id, ver, deleted: false, data: data as RecordData[K] };
}

/** All live records of a kind in a space, in the order of their ids. */
export async function readRecords<K extends Kind>(
  db: Kysely<Database>,
  space: SpaceId,
  kind: K,
): Promise<DomainRecord<K>[]> {
  const rows = await db
    .selectFrom('record')
    .select(['id', 'ver', 'data'])
    .where('space', '=', space)
    .where('kind', '=', kind)
    .where('deleted', '=', 0)
    .orderBy('id')
    .execute();
  return rows.map(({ id, ver, data }) => ({
    space,
    kind,
    id,
    ver,
    deleted: false,
    data: JSON.parse(data) as RecordData[K],
  }));
}

/** All live records of a space. */
export async function readSpace(
  db: Kysely<Database>,
  space: SpaceId,
): Promise<(RecordKey & { stored: StoredRecord })[]> {
  const rows = await db
    .selectFrom('record')
    .select(['kind', 'id', 'ver', 'data'])
    .where('space', '=', space)
    .where('deleted', '=', 0)
    .orderBy('kind')
    .orderBy('id')
    .execute();
  return rows.map(({ kind, id, ver, data }) => ({
    space,
    kind: kind as Kind,
    id,
    stored: { ver, data: JSON.parse(data) as RecordData[Kind], text: data },
  }));
}

export async function readStored(db: Kysely<Database>, { space, kind, id }: RecordKey): Promise<StoredRecord> {
  const row = await db
    .selectFrom('record')
    .select(['ver', 'deleted', 'data'])
    .where('space', '=', space)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return { ver: 0, data: undefined, text: null };
  if (row.deleted) return { ver: row.ver, data: undefined, text: null };
  return { ver: row.ver, data: JSON.parse(row.data) as RecordData[Kind], text: row.data };
}
