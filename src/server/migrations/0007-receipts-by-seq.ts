import type { Migration } from 'kysely/migration';

/**
 * Versions of a client's receipts rise with their seqs, so those of late are found from the end of the primary key. The
 * index by versions cost every push as much as the primary key itself.
 */
export const receiptsBySeq: Migration = {
  async up(db) {
    await db.schema.dropIndex('receipt_order').execute();
  },
};
