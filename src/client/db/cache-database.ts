import Dexie from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { Receipt } from '../../protocol/sync-messages.ts';
import type { CachedSpace, CacheState } from '../../sync/ports.ts';

/**
 * Rows as they came, a page in one value: what tells them apart in columns, what they say in one text that is taken
 * apart when it is shown. A later chunk overrides an earlier one, so the chunks of a space in order are its log.
 */
export interface StoredChunk {
  n: number;
  space: string;
  /** How many rows are in it. */
  rows: number;
  kinds: string[];
  ids: string[];
  vers: number[];
  /** `contentHash` of each. */
  hashes: number[];
  /** The data of each as a line of JSON; an empty line where a row was taken away. */
  texts: string;
}

/** May be deleted at any moment: a change of its shape deletes it and everything is fetched again. */
export class CacheDatabase extends Dexie {
  state!: Table<{ k: 'state'; value: CacheState }, string>;
  spaces!: Table<CachedSpace, string>;
  chunks!: EntityTable<StoredChunk, 'n'>;
  receipts!: Table<Receipt & { space: string }, string>;

  constructor(memberId: string) {
    super(`cache-${memberId}`, { chromeTransactionDurability: 'relaxed' });
    const tables = { state: 'k', spaces: 'id', chunks: '++n, space', receipts: 'mid, space' };
    this.version(1).stores(tables);
    // Chunks have had another shape: what lies in it is let go of and fetched again.
    this.version(2)
      .stores(tables)
      .upgrade((trx) => Promise.all(Object.keys(tables).map((table) => trx.table(table).clear())));
  }
}
