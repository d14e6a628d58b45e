import type { Migration } from 'kysely/migration';

/** The bytes that are here or on their way, and which records need them. */
export const photos: Migration = {
  async up(db) {
    await db.schema
      .createTable('photo')
      .addColumn('sha', 'text', (c) => c.primaryKey())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('size', 'bigint', (c) => c.notNull())
      .addColumn('member_id', 'text', (c) => c.notNull())
      .addColumn('touched_at', 'bigint', (c) => c.notNull())
      .addColumn('stored_at', 'bigint')
      .execute();
    await db.schema.createIndex('photo_member').on('photo').column('member_id').execute();
    await db.schema.createIndex('photo_touched').on('photo').column('touched_at').execute();
    await db.schema
      .createTable('media_ref')
      .addColumn('sha', 'text', (c) => c.notNull())
      .addColumn('space', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('media_ref_pk', ['sha', 'space', 'kind', 'id'])
      .execute();
    await db.schema.createIndex('media_ref_record').on('media_ref').columns(['space', 'kind', 'id']).execute();
  },
};
