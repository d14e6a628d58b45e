import { countOnlyHere } from '../../sync/only-here.ts';
import { openOutboxStore } from '../db/open-outbox-store.ts';
import { browserIds } from '../platform/browser-ids.ts';
import { signedOutEntry } from './signed-out-entry.ts';

/** How much of this member, who is signed out, lies on this phone alone. */
export async function countWaiting(memberId: string): Promise<number> {
  const outbox = await openOutboxStore(memberId, () => browserIds.mutation());
  try {
    const [rows, media] = await Promise.all([outbox.all(), outbox.media()]);
    return countOnlyHere(rows.map(signedOutEntry), media);
  } finally {
    outbox.close();
  }
}
