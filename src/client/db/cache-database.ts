import Dexie from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { Receipt } from '../../protocol/sync-messages.ts';
import type { CachedSpace, CacheState } from '../../sync/ports.ts';

/**
 * Rows as they came, a page in one value: what tells them apart in columns, what they say in one run of bytes of which
 * a line is read when it is shown. A later chunk overrides an earlier one, so the chunks of a space in order are its log.
 */
export interface StoredChunk {
  n: number;
  space: string;
  /** It may be written anew together with its neighbours. */
  small: 0 | 1;
  /** How many rows are in it. */
  rows: number;
  /** Kind and id of each, a line for a row. */
  keys: string;
  /** Negative where a row was taken away. */
  vers: Float64Array<ArrayBuffer>;
  /** `contentHash` of each. */
  hashes: Float64Array<ArrayBuffer>;
  /** The data of each as a line of JSON in UTF-8; an empty line where a row was taken away. */
  texts: Uint8Array<ArrayBuffer>;
}

/** Receipts of a space in order of coming; of two of one mutation the later counts. */
export interface StoredReceipts {
  n: number;
  space: string;
  list: Receipt[];
}

/** May be deleted at any moment; what is in it is fetched again. */
export class CacheDatabase extends Dexie {
  state!: Table<{ k: 'state'; value: CacheState }, string>;
  spaces!: Table<CachedSpace, string>;
  chunks!: EntityTable<StoredChunk, 'n'>;
  receipts!: EntityTable<StoredReceipts, 'n'>;

  constructor(memberId: string) {
    super(cacheName(memberId), { chromeTransactionDurability: 'relaxed' });
    this.version(1).stores({ state: 'k', spaces: 'id', chunks: '++n, space, [space+small]', receipts: '++n, space' });
  }
}

/** Numbered by the shape of the chunks: a tab of an older build goes on with a database of its own. */
export const cacheName = (memberId: string): string => `cache-2-${memberId}`;
