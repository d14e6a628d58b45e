import type { IndexRegistry } from '../domain/record/index-definition.ts';
import type { Kind } from '../domain/record/record.ts';
import { contentHash } from '../protocol/digest.ts';
import type { Digest } from '../protocol/digest.ts';
import { isLive } from '../protocol/sync-lines.ts';
import type { StoredRow } from './cache-port.ts';
import type { RowIds } from './row-ids.ts';

/**
 * Many live rows of one kind without what they say: what tells them apart and which lists they stand in, in columns.
 * Plain data: it lies in the store as it is. What a row says is read from there when it is shown.
 */
export interface Segment {
  /** Its number in the store. */
  n: number;
  kind: string;
  /** The build by whose indexes the columns were made. */
  build: string;
  ids: RowIds;
  vers: Float64Array<ArrayBuffer>;
  /** `contentHash` of each. */
  contents: Float64Array<ArrayBuffer>;
  /** What its rows add to the digest of their space. */
  digest: Digest;
  /** Values to sort by, which indexes share; null where the id is what is sorted by. */
  sorts: (Float64Array<ArrayBuffer> | string[] | null)[];
  columns: Record<string, Column>;
}

/** One that has no number yet. */
export type NewSegment = Omit<Segment, 'n'>;

/** The build, and the lists by which it makes columns. */
export interface MadeBy {
  build: string;
  indexes: IndexRegistry;
}

/** In which list of one index each row stands. */
export interface Column {
  /** Which of the segment's `sorts` orders it. */
  sort: number;
  keys: FewKeys | ManyKeys;
}

/** A row has the key whose number it says. */
interface FewKeys {
  keys: string[];
  codes: Uint8Array<ArrayBuffer>;
}

/** Too many keys to name them: a row has the hash of its own. */
interface ManyKeys {
  hashes: Float64Array<ArrayBuffer>;
}

/** A space with so many rows is held whole: every page of the application finds what it asks for at once. */
export const HELD_WHOLE = 8000;
const MAX_ROWS = 0xffff;

export const keyHash = contentHash;

/** Kinds of which a space may have a great many, and nothing that counts them by hand. */
export const COLD_KINDS: readonly Kind[] = ['ticket', 'visit', 'household', 'slip', 'card', 'claimView'];
const FEWEST_ROWS = 125;

export const isColdKind = (kind: string): boolean => COLD_KINDS.includes(kind as Kind);
/** Fewer of a kind are no segment. */
export const fitsSegment = (count: number, fewest = FEWEST_ROWS): boolean => count >= fewest && count <= MAX_ROWS;

/** Rows of a page, those of a segment each and the others; all keep their order. */
export function splitRows(
  rows: readonly StoredRow[],
  fewest?: number,
): { segments: StoredRow[][]; others: StoredRow[] } {
  const byKind = new Map<string, StoredRow[]>();
  for (const row of rows) {
    if (!isLive(row) || !isColdKind(row.k)) continue;
    const kind = byKind.get(row.k);
    if (kind === undefined) byKind.set(row.k, [row]);
    else kind.push(row);
  }
  const segments = [...byKind.values()].filter(({ length }) => fitsSegment(length, fewest));
  const taken = new Set(segments.map((kind) => kind[0]!.k));
  return { segments, others: rows.filter((row) => !isLive(row) || !taken.has(row.k)) };
}
