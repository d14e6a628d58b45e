import Dexie from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { Receipt } from '../../protocol/sync-messages.ts';
import type { CachedSpace, CacheState } from '../../sync/ports.ts';

/**
 * Rows as they came, a page in one string: a twelfth of the time that rows of their own take. A later chunk
 * overrides an earlier one, so the chunks of a space in order are its log.
 */
export interface StoredChunk {
  n: number;
  space: string;
  /** How many rows are in `json`. */
  rows: number;
  /** JSON of StoredRow[]. */
  json: string;
}

/** May be deleted at any moment: a change of its shape deletes it and everything is fetched again. */
export class CacheDatabase extends Dexie {
  state!: Table<{ k: 'state'; value: CacheState }, string>;
  spaces!: Table<CachedSpace, string>;
  chunks!: EntityTable<StoredChunk, 'n'>;
  receipts!: Table<Receipt & { space: string }, string>;

  constructor(memberId: string) {
    super(`cache-${memberId}`, { chromeTransactionDurability: 'relaxed' });
    this.version(1).stores({ state: 'k', spaces: 'id', chunks: '++n, space', receipts: 'mid, space' });
  }
}
