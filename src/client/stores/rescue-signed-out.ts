import type { RescueBody } from '../../protocol/rescue-file.ts';
import { readForRescue } from '../../sync/rescue-media.ts';
import { bytesToRescue, toRescueRecord } from '../../sync/rescue.ts';
import { buildName } from '../build.ts';
import { openOutboxStore } from '../db/open-outbox-store.ts';
import { browserIds } from '../platform/browser-ids.ts';
import type { KnownMember } from './session.ts';
import { signedOutEntry } from './signed-out-entry.ts';

/**
 * What lies here of a member who is signed out. The receipts went with the cache: what was settled is in it too, for
 * among what an earlier build settled may be something refused, whose words nobody else has.
 */
export async function rescueSignedOut({ id, name }: KnownMember): Promise<RescueBody> {
  const outbox = await openOutboxStore(id, () => browserIds.mutation());
  try {
    const entries = (await outbox.all()).filter(({ asideAt }) => asideAt === null).map(signedOutEntry);
    // What was settled without a word is applied: the server keeps its photos.
    const goes = bytesToRescue(entries.filter(({ state }) => state !== 'delivered'));
    const bytes = await readForRescue((await outbox.media()).filter(goes), (sha) => outbox.mediaBytes(sha));
    const records = entries.map(toRescueRecord);
    return { exportedAt: Date.now(), build: buildName, member: { id, name }, records, ...bytes };
  } finally {
    outbox.close();
  }
}
