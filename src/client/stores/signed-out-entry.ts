import type { Waiting } from '../../sync/engine-api.ts';
import type { OutboxRow } from '../../sync/outbox-port.ts';

/** A record of a member who is signed out, as far as the outbox alone tells how it stands. */
export function signedOutEntry(row: OutboxRow): Waiting {
  const { settledAt, word = null } = row;
  if (word !== null) return { row, state: 'attention', receipt: word };
  return { row, state: settledAt === null ? 'saved' : 'delivered', receipt: null };
}
