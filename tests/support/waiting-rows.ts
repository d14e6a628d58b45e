import type { Waiting } from '../../src/sync/engine-api.ts';
import type { MediaRow, OutboxRow } from '../../src/sync/outbox-port.ts';

/** A record as it waits, for a test that has no outbox. */
export function waitingEntry(mid: string, over: Partial<Waiting> = {}, args: unknown = {}): Waiting {
  const said = { mid, space: 'grid:1', seq: 1, name: 'ticket.addMedia', v: 1, args, at: 1, saveId: 's', about: null };
  const row: OutboxRow = { ...said, asideAt: null, settledAt: null };
  return { row, state: 'saved', receipt: null, ...over };
}

/** A photo that waits. */
export const mediaRow = (over: Partial<MediaRow> = {}): MediaRow => ({
  sha: 'a'.repeat(64),
  type: 'image/jpeg',
  size: 1,
  isThumb: false,
  mids: ['a'],
  at: 1,
  refused: null,
  asideAt: null,
  asideSince: null,
  broughtAt: null,
  ...over,
});
