import type { RescueBody, RescueMedia, RescueRecord } from '../../protocol/rescue-file.ts';
import type { OutboxRow } from '../../sync/outbox-port.ts';
import { isBrought } from '../../sync/kept-media.ts';
import { toRescueMedia, toRescueRecord } from '../../sync/rescue.ts';
import { buildName } from '../build.ts';
import { openOutboxStore } from '../db/open-outbox-store.ts';
import { browserIds } from '../platform/browser-ids.ts';
import type { KnownMember } from './session.ts';

/**
 * What lies here of a member who is signed out. The receipts went with the cache: what was settled is in it too, for
 * among that may be something refused whose words nobody else has.
 */
export async function rescueSignedOut({ id, name }: KnownMember): Promise<RescueBody> {
  const outbox = await openOutboxStore(id, () => browserIds.mutation());
  try {
    const records = (await outbox.all()).filter(({ asideAt }) => asideAt === null).map(toRecord);
    const media: RescueMedia[] = [];
    for (const row of await outbox.media()) {
      const bytes = row.asideAt === null && !isBrought(row) ? await outbox.mediaBytes(row.sha) : null;
      if (bytes !== null) media.push(toRescueMedia(row, bytes));
    }
    return { exportedAt: Date.now(), build: buildName, member: { id, name }, records, media };
  } finally {
    outbox.close();
  }
}

const toRecord = (row: OutboxRow): RescueRecord =>
  toRescueRecord({ row, state: row.settledAt === null ? 'saved' : 'delivered', receipt: null });
