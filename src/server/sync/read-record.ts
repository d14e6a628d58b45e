import type { Kysely } from 'kysely';
import type { DomainRecord, Kind } from '../../domain/record/record.ts';
import type { RecordData } from '../../domain/record/record-data.ts';
import type { SpaceId } from '../../domain/space/space.ts';
import { prepareQuery, type Answer } from '../db/prepared-query.ts';
import type { Database } from '../db/schema.ts';
import { findLarge, keepLarge } from './large-records.ts';
import { hasMoved, readRecordsOf } from './transaction-memory.ts';
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

const findOfSpace = prepareQuery<{ space: string }, { kind: string; id: string; ver: number; data: string }>(
  (db, arg) =>
    db
      .selectFrom('record')
      .select(['kind', 'id', 'ver', 'data'])
      .where('space', '=', arg('space'))
      .where('deleted', '=', 0)
      .orderBy('kind')
      .orderBy('id'),
);

/** All live records of a space. */
export async function readSpace(
  db: Kysely<Database>,
  space: SpaceId,
): Promise<(RecordKey & { stored: StoredRecord })[]> {
  const rows = await findOfSpace(db, { space });
  return rows.map(({ kind, id, ver, data }) => ({
    space,
    kind: kind as Kind,
    id,
    stored: { ver, data: JSON.parse(data) as RecordData[Kind], text: data },
  }));
}

interface FoundRow {
  ver: number;
  deleted: number;
  /** Null where the version is the known one. */
  data: string | null;
}

const findStored = prepareQuery<{ space: string; kind: string; id: string; known: number }, FoundRow>((db, arg) =>
  db
    .selectFrom('record')
    .select(['ver', 'deleted'])
    .select((eb) => eb.case().when('ver', '=', arg('known')).then(null).else(eb.ref('data')).end().as('data'))
    .where('space', '=', arg('space'))
    .where('kind', '=', arg('kind'))
    .where('id', '=', arg('id')),
);

const NO_VERSION = -1;

/** A row as it stands. Whoever shares a transaction shares what was read in it. */
export function readStored(db: Kysely<Database>, key: RecordKey): Answer<StoredRecord> {
  const read = readRecordsOf(db, key.space);
  if (!read) return findRecord(db, key);
  const name = `${key.kind}\n${key.id}`;
  const known = read.get(name);
  if (known) return known;
  const found = findRecord(db, key);
  if (!(found instanceof Promise)) read.set(name, found);
  return found;
}

/** What is large and was read before is not read again while its version is the same. */
function findRecord(db: Kysely<Database>, key: RecordKey): Answer<StoredRecord> {
  const { space, kind, id } = key;
  const large = findLarge(db, key);
  const found = findStored(db, { space, kind, id, known: large?.ver ?? NO_VERSION });
  const toStored = ([row]: readonly FoundRow[]): StoredRecord => parseRow(db, key, row, large);
  return found instanceof Promise ? found.then(toStored) : toStored(found);
}

function parseRow(
  db: Kysely<Database>,
  key: RecordKey,
  row: FoundRow | undefined,
  large: StoredRecord | undefined,
): StoredRecord {
  if (!row) return { ver: 0, data: undefined, text: null };
  const { ver, deleted, data } = row;
  if (deleted) return { ver, data: undefined, text: null };
  if (large && data === null) return large;
  const text = String(data);
  const stored = { ver, data: JSON.parse(text) as RecordData[Kind], text };
  if (!hasMoved(db, key.space)) keepLarge(db, key, stored);
  return stored;
}
