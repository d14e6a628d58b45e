import type { Kind } from '../record/record.ts';
import type { RecordData } from '../record/record-data.ts';
import type { SpaceId } from '../space/space.ts';
import type { WriteTx } from './mutator.ts';
import { refuseUnless } from './refusal.ts';

/**
 * Puts a new record. The same creation a second time changes nothing; something else under the id is
 * refused as `exists`, for what was written must not vanish behind an earlier record.
 */
export function createOnce<K extends Kind>(
  tx: WriteTx,
  space: SpaceId,
  kind: K,
  id: string,
  data: RecordData[K],
  isSame: (existing: RecordData[K]) => boolean,
): void {
  const existing = tx.get(space, kind, id);
  if (existing === undefined) tx.put(kind, id, data);
  else refuseUnless(isSame(existing), 'exists');
}
