import { OutboxDatabase } from './outbox-database.ts';
import { closeForGood, withReopen } from './with-reopen.ts';

/** Forms that are not saved yet: they outlive a killed tab, and lie beside the outbox because they are as precious. */
export interface DraftStore {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  keys(): Promise<string[]>;
  close(): void;
}

export async function openDraftStore(memberId: string): Promise<DraftStore> {
  const db = new OutboxDatabase(memberId);
  await db.open();
  return {
    get: (key) => withReopen(db, async () => (await db.drafts.get(key))?.value),
    put: (key, value) =>
      withReopen(db, async () => {
        await db.drafts.put({ key, value });
      }),
    remove: (key) => withReopen(db, () => db.drafts.delete(key)),
    keys: () => withReopen(db, () => db.drafts.orderBy('key').primaryKeys()),
    close: () => {
      closeForGood(db);
    },
  };
}
