import { isBrought } from '../../sync/kept-media.ts';
import type { MediaRow, OutboxRow } from '../../sync/outbox-port.ts';
import { thumbsOf } from '../../sync/thumbs.ts';
import { openOutboxStore } from '../db/open-outbox-store.ts';
import { browserIds } from '../platform/browser-ids.ts';

/** What was refused lies nowhere else. */
const isHereAlone = ({ settledAt, asideAt, word }: OutboxRow): boolean =>
  asideAt === null && (settledAt === null || word?.status === 'rejected');

/** How many records of this member wait here for the server, photos and voice notes among them. */
export async function countWaiting(memberId: string): Promise<number> {
  const outbox = await openOutboxStore(memberId, () => browserIds.mutation());
  try {
    const [rows, media] = await Promise.all([outbox.all(), outbox.media()]);
    const open = rows.filter(isHereAlone);
    const mids = new Set(open.map(({ mid }) => mid));
    // Those of an unsent record go with it.
    const thumbs = thumbsOf(media, rows);
    const isAlone = (one: MediaRow): boolean => !thumbs.has(one.sha) && !one.mids.some((mid) => mids.has(mid));
    const alone = media.filter((one) => one.asideAt === null && !isBrought(one) && isAlone(one));
    return open.length + alone.length;
  } finally {
    outbox.close();
  }
}
