import type { DialectAdapter, Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { RecordKey, StoredRecord } from './workspace.ts';

/** From here on to read and parse a record costs more than all the rest of a push: a catalogue has 160 kB. */
const LARGE_CHARS = 16_384;
const MAX_RECORDS = 32;

/** The large records that were read lately in each open database. Whoever asks compares the version first. */
const known = new WeakMap<DialectAdapter, Map<string, StoredRecord>>();

function recordsOf(db: Kysely<Database>): Map<string, StoredRecord> {
  const { adapter } = db.getExecutor();
  const records = known.get(adapter) ?? new Map<string, StoredRecord>();
  known.set(adapter, records);
  return records;
}

const nameOf = ({ space, kind, id }: RecordKey): string => `${space}\n${kind}\n${id}`;

export const findLarge = (db: Kysely<Database>, key: RecordKey): StoredRecord | undefined =>
  recordsOf(db).get(nameOf(key));

/** Only what is committed may be kept: another may get a version that was rolled back. */
export function keepLarge(db: Kysely<Database>, key: RecordKey, record: StoredRecord): void {
  if (record.text === null || record.text.length < LARGE_CHARS) return;
  const records = recordsOf(db);
  const name = nameOf(key);
  records.delete(name);
  records.set(name, { ...record, data: frozen(record.data) });
  const oldest = records.keys().next();
  if (records.size > MAX_RECORDS && !oldest.done) records.delete(oldest.value);
}

/** Everybody reads the same one from now on. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
