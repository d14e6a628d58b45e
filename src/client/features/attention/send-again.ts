import { isFields } from '../../../domain/mutation/is-fields.ts';
import type { MediaBytes, MediaQueue, SaveRequest } from '../../../sync/engine-api.ts';
import { isHandedOver } from '../../../sync/hand-over.ts';
import type { OutboxRow } from '../../../sync/outbox-port.ts';

/** The same mutation with corrected words, as its author's own; edits keep what they change from. */
export function sendAgain(row: OutboxRow, corrected: Readonly<Record<string, string>>): SaveRequest {
  const args = isFields(row.args) ? { ...row.args } : row.args;
  if (isFields(args)) {
    for (const [field, text] of Object.entries(corrected)) {
      const before = args[field];
      args[field] = isFields(before) && 'to' in before ? { ...before, to: text } : text;
    }
  }
  return { space: row.space, name: row.name, v: row.v, args, about: isHandedOver(row) ? null : row.about };
}

/** Its photos as they lie here: they are sent with the new mutation, and stay with the refused one alone otherwise. */
export async function bytesBeside(media: Pick<MediaQueue, 'all' | 'bytes'>, mid: string): Promise<MediaBytes[]> {
  const found: MediaBytes[] = [];
  for (const { sha, type, mids } of media.all()) {
    const bytes = mids.includes(mid) ? await media.bytes(sha) : null;
    if (bytes) found.push({ sha, type, bytes });
  }
  return found;
}
