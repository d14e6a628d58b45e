import type { NewOutboxRow, OutboxRow } from '../../sync/outbox-port.ts';

/** 0: the args lie here as they are. Another key will be another number; the schema stays. */
const PLAIN_KEY = 0;

export interface StoredMutation {
  /** Order of writing. */
  n: number;
  mid: string;
  space: string;
  seq: number;
  name: string;
  v: number;
  /** JSON in UTF-8, under the key `keyId`. */
  args: Uint8Array;
  keyId: number;
  at: number;
  saveId: string;
  about: { kind: string; id: string } | null;
  asideAt: number | null;
  asideSince?: number;
  settledAt: number | null;
  /** Of what was not applied, since the cache alone may lose it. */
  word?: OutboxRow['word'];
}

export const toStored = (row: OutboxRow): Omit<StoredMutation, 'n'> => ({
  ...row,
  args: new TextEncoder().encode(JSON.stringify(row.args)),
  keyId: PLAIN_KEY,
});

export function toRow({ n: _, keyId, args, ...row }: StoredMutation, settledAt = row.settledAt): OutboxRow {
  if (keyId !== PLAIN_KEY) throw new Error(`no key ${keyId} on this device`);
  return { ...row, settledAt, args: JSON.parse(new TextDecoder().decode(args)) as unknown };
}

/** Rows with the seqs that follow in each space; `last` goes on with them. */
export const numbered = (rows: readonly NewOutboxRow[], last: Map<string, number>): OutboxRow[] =>
  rows.map((row) => {
    const seq = (last.get(row.space) ?? 0) + 1;
    last.set(row.space, seq);
    return { ...row, args: row.args ?? null, seq, asideAt: null, settledAt: null };
  });
