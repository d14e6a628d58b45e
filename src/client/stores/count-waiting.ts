import { isBrought } from '../../sync/kept-media.ts';
import { openOutboxStore } from '../db/open-outbox-store.ts';
import { browserIds } from '../platform/browser-ids.ts';

/** How many records of this member wait here for the server, photos and voice notes among them. */
export async function countWaiting(memberId: string): Promise<number> {
  const outbox = await openOutboxStore(memberId, () => browserIds.mutation());
  try {
    const [rows, media] = await Promise.all([outbox.all(), outbox.media()]);
    const open = rows.filter((row) => row.settledAt === null && row.asideAt === null);
    const mids = new Set(open.map(({ mid }) => mid));
    // Those of an unsent record go with it.
    const alone = media.filter(
      (one) => one.asideAt === null && !isBrought(one) && !one.mids.some((mid) => mids.has(mid)),
    );
    return open.length + alone.length;
  } finally {
    outbox.close();
  }
}
