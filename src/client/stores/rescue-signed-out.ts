import type { RescueBody, RescueRecord } from '../../protocol/rescue-file.ts';
import type { OutboxRow } from '../../sync/outbox-port.ts';
import { isBrought } from '../../sync/kept-media.ts';
import { readForRescue } from '../../sync/rescue-media.ts';
import { toRescueRecord } from '../../sync/rescue.ts';
import { buildName } from '../build.ts';
import { openOutboxStore } from '../db/open-outbox-store.ts';
import { browserIds } from '../platform/browser-ids.ts';
import type { KnownMember } from './session.ts';

/**
 * What lies here of a member who is signed out. The receipts went with the cache: what was settled is in it too, for
 * among what an earlier build settled may be something refused, whose words nobody else has.
 */
export async function rescueSignedOut({ id, name }: KnownMember): Promise<RescueBody> {
  const outbox = await openOutboxStore(id, () => browserIds.mutation());
  try {
    const records = (await outbox.all()).filter(({ asideAt }) => asideAt === null).map(toRecord);
    const waiting = (await outbox.media()).filter((row) => row.asideAt === null && !isBrought(row));
    const bytes = await readForRescue(waiting, (sha) => outbox.mediaBytes(sha));
    return { exportedAt: Date.now(), build: buildName, member: { id, name }, records, ...bytes };
  } finally {
    outbox.close();
  }
}

function toRecord(row: OutboxRow): RescueRecord {
  const { settledAt, word = null } = row;
  if (word !== null) return toRescueRecord({ row, state: 'attention', receipt: word });
  return toRescueRecord({ row, state: settledAt === null ? 'saved' : 'delivered', receipt: null });
}
