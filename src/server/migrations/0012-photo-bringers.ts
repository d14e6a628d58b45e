import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../db/engine.ts';

/**
 * Who brings and who has brought which bytes: by this, and no more by the hash alone, a record that names them shows
 * them. Of what is here already it is taken that whoever put it into a record, or wrote what is held, had brought it.
 */
export const photoBringers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('photo_bringer')
      .addColumn('sha', 'text', (c) => c.notNull())
      .addColumn('member_id', 'text', (c) => c.notNull())
      .addColumn('type', 'text', (c) => c.notNull())
      .addColumn('size', 'bigint', (c) => c.notNull())
      .addColumn('brought_at', 'bigint')
      .addPrimaryKeyConstraint('photo_bringer_pk', ['sha', 'member_id'])
      .execute();
    await db.schema.createIndex('photo_bringer_member').on('photo_bringer').column('member_id').execute();
    await sql`
      insert into photo_bringer select sha, member_id, type, size, stored_at
      from photo where member_id <> ''`.execute(db);
    await (isPostgres(db) ? authorsPostgres : authorsSqlite).execute(db);
    await sql`
      insert into photo_bringer
      select distinct p.sha, h.member_id, p.type, p.size, p.stored_at
      from photo p join held h on h.args like '%' || p.sha || '%'
      where p.stored_at is not null
        and (h.resolved_at is null or (h.resolution = 'returned' and h.reason = 'revoked'))
      on conflict do nothing`.execute(db);
    await db.schema.dropIndex('photo_member').execute();
    await db.schema.alterTable('photo').dropColumn('member_id').execute();
  },
};

const authorsSqlite = sql`
  insert into photo_bringer
  select distinct p.sha, json_extract(m.value, '$.byId'), p.type, p.size, p.stored_at
  from photo p
  join media_ref f on f.sha = p.sha
  join record r on r.space = f.space and r.kind = f.kind and r.id = f.id
  join json_each(r.data, '$.media') m
  where p.stored_at is not null and p.sha in (json_extract(m.value, '$.sha'), json_extract(m.value, '$.thumb.sha'))
  on conflict do nothing`;

const authorsPostgres = sql`
  insert into photo_bringer
  select distinct p.sha, m ->> 'byId', p.type, p.size, p.stored_at
  from photo p
  join media_ref f on f.sha = p.sha
  join record r on r.space = f.space and r.kind = f.kind and r.id = f.id
  cross join lateral jsonb_array_elements(coalesce(r.data::jsonb -> 'media', '[]'::jsonb)) m
  where p.stored_at is not null and p.sha in (m ->> 'sha', m -> 'thumb' ->> 'sha')
  on conflict do nothing`;
