import Dexie from 'dexie';
import type { Table } from 'dexie';

/** Who uses this device, on the disk as soon as it is written. Never anything that a person wrote down. */
class AccountDatabase extends Dexie {
  kept!: Table<{ key: string; value: unknown }, string>;

  constructor() {
    super('accounts', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ kept: 'key' });
  }
}

async function inDatabase<T>(work: (database: AccountDatabase) => Promise<T>): Promise<T> {
  const database = new AccountDatabase();
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

/** Everything that is kept; null for what was taken back. */
export const readKept = (): Promise<Map<string, unknown>> =>
  inDatabase(async ({ kept }) => new Map((await kept.toArray()).map(({ key, value }) => [key, value])));

export const keep = (key: string, value: unknown): Promise<void> =>
  inDatabase(async ({ kept }) => {
    await kept.put({ key, value });
  });
