import { contentHash } from '../protocol/digest.ts';
import { isLive, textOf } from '../protocol/sync-lines.ts';
import type { StoredRow } from './cache-port.ts';

/** The hash of what a live row says; one that an older build stored has none. */
export const contentOf = (row: StoredRow): number => row.h ?? contentHash(textOf(row));

/** Rows as they came, each as text with its hash. */
export const withContent = (rows: readonly StoredRow[]): StoredRow[] =>
  rows.map((row) => {
    const { k, id, ver } = row;
    if (!isLive(row)) return { k, id, ver };
    // Its bytes were read already.
    if (row.h !== undefined) return row;
    const t = textOf(row);
    return { k, id, ver, t, h: contentHash(t) };
  });
