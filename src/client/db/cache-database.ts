import Dexie from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { Receipt } from '../../protocol/sync-messages.ts';
import type { CachedSpace, CacheState, Piece } from '../../sync/cache-port.ts';
import type { NewSegment } from '../../sync/segment.ts';

/** Rows as they came, a line each: a later chunk overrides an earlier one, so the chunks of a space in order are its log. */
export interface WholeChunk {
  n: number;
  space: string;
  /** It may be written anew together with its neighbours. */
  small: 0 | 1;
  rows: number;
  lines: Uint8Array<ArrayBuffer>;
  /** `contentHash` of each, 0 where a row was taken away. */
  contents: Float64Array<ArrayBuffer>;
}

/** Rows of which the lines lie apart, in pieces. */
export interface SegmentChunk {
  n: number;
  space: string;
  small: 0;
  rows: number;
  segment: NewSegment;
}

export type StoredChunk = WholeChunk | SegmentChunk;

export const isSegment = (chunk: StoredChunk): chunk is SegmentChunk => 'segment' in chunk;

/** Some neighbouring lines of a segment, by their number in it: what is read to show one of them. */
export type StoredPiece = Piece & { n: number; piece: number };

/** Receipts of a space in order of coming; of two of one mutation the later counts. */
export interface StoredReceipts {
  n: number;
  space: string;
  list: Receipt[];
}

export interface StoredState {
  k: 'state';
  value: CacheState;
}

/** May be deleted at any moment; what is in it is fetched again. */
export class CacheDatabase extends Dexie {
  state!: Table<StoredState, string>;
  spaces!: Table<CachedSpace, string>;
  chunks!: EntityTable<StoredChunk, 'n'>;
  pieces!: Table<StoredPiece, [number, number]>;
  receipts!: EntityTable<StoredReceipts, 'n'>;

  constructor(memberId: string) {
    super(cacheName(memberId), { chromeTransactionDurability: 'relaxed' });
    this.version(1).stores({
      state: 'k',
      spaces: 'id',
      chunks: '++n, space, [space+small]',
      pieces: '[n+piece]',
      receipts: '++n, space',
    });
  }
}

/** Numbered by the shape of the chunks: a tab of an older build goes on with a database of its own. */
export const cacheName = (memberId: string): string => `cache-4-${memberId}`;
