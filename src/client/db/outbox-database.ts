import Dexie from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { MediaRow } from '../../sync/outbox-port.ts';
import type { StoredMutation } from './stored-mutation.ts';

/** The only precious database of a member on this device: changed by adding alone. */
export class OutboxDatabase extends Dexie {
  mutations!: EntityTable<StoredMutation, 'n'>;
  seqs!: Table<{ space: string; last: number }, string>;
  meta!: Table<{ k: string; value: unknown }, string>;
  drafts!: Table<{ key: string; value: unknown }, string>;
  media!: Table<MediaRow, string>;
  /** Apart, so that counting what waits reads no photo. */
  mediaBytes!: Table<{ sha: string; bytes: ArrayBuffer }, string>;

  constructor(memberId: string) {
    // Strict: a write is done when it is on the disk, not when the browser has heard of it.
    super(`outbox-${memberId}`, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ mutations: '++n, &mid, [space+seq]', seqs: 'space', meta: 'k', drafts: 'key' });
    this.version(2).stores({ media: 'sha', mediaBytes: 'sha' });
  }
}
