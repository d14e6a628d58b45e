import type { Transaction } from 'kysely';
import type { RecordData } from '../../domain/record/record-data.ts';
import { contentHash, digestAdd, EMPTY_DIGEST } from '../../protocol/digest.ts';
import { rowsOf, type RowOf } from '../backup/tables.ts';
import type { Database } from '../db/schema.ts';
import { Finding, RESTORE_ADVICE, type Check } from './check.ts';

type Row = RowOf<'record'>;
/** A live record as the tables that follow from records need it. */
export type LiveRecord = Pick<Row, 'space' | 'kind' | 'id'> & { data: RecordData[keyof RecordData] };

export const nameOf = ({ space, kind, id }: Pick<Row, 'space' | 'kind' | 'id'>): string => `${space} ${kind} ${id}`;

/** Reads every record once; what is derived from live ones is noted by `onLive` on the way. */
export async function checkRecords(trx: Transaction<Database>, onLive: (record: LiveRecord) => void): Promise<Check[]> {
  const text = new Finding('records can be read', RESTORE_ADVICE);
  const versions = new Finding('versions lie within their space', RESTORE_ADVICE);
  const digests = new Finding('digests of spaces', `Phones fetch these spaces again and again. ${RESTORE_ADVICE}`);
  const spaces = new Map<string, { ver: number; digest: string; reckoned: string }>();
  for await (const rows of rowsOf(trx, 'space')) {
    for (const { id, ver, digest } of rows) spaces.set(id, { ver, digest, reckoned: EMPTY_DIGEST });
  }
  for await (const rows of rowsOf(trx, 'record')) {
    for (const row of rows) {
      const space = spaces.get(row.space);
      versions.looked += 1;
      if (!space || row.ver > space.ver || row.ver < 1) versions.fault(nameOf(row));
      const data = parse(row, text);
      if (row.deleted || data === null) continue;
      onLive({ space: row.space, kind: row.kind, id: row.id, data: data as LiveRecord['data'] });
      if (space) space.reckoned = digestAdd(space.reckoned, { ...row, content: contentHash(row.data) });
    }
  }
  for (const [id, { digest, reckoned }] of spaces) {
    digests.looked += 1;
    if (digest !== reckoned) digests.fault(id);
  }
  return [text, versions, digests];
}

/** A tombstone holds nothing, a live record an object. */
function parse(row: Row, text: Finding): object | null {
  text.looked += 1;
  try {
    const data = JSON.parse(row.data) as unknown;
    if (row.deleted ? data === null : typeof data === 'object' && data !== null) return data as object | null;
  } catch {
    // Said below, with where it stands.
  }
  text.fault(nameOf(row));
  return null;
}
