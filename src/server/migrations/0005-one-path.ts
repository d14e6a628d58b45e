import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../db/engine.ts';

/**
 * A record may be written only with the version that its space has at that moment, and an update only with a higher one
 * than before: most that writes beside the one path would be missed by every phone that has read further, so the
 * database refuses it. What it cannot tell: a row inserted at the present version after that was committed, and a
 * delete. Digests tell of both.
 */
export const onePath: Migration = {
  async up(db) {
    await (isPostgres(db) ? upPostgres(db) : upSqlite(db));
  },
};

async function upSqlite(db: Kysely<unknown>): Promise<void> {
  await sql`
    create trigger record_insert_on_one_path before insert on record
    when not exists (select 1 from space where id = new.space and ver = new.ver)
    begin select raise(abort, 'a record is written beside the one path'); end`.execute(db);
  await sql`
    create trigger record_update_on_one_path before update on record
    when new.ver <= old.ver or not exists (select 1 from space where id = new.space and ver = new.ver)
    begin select raise(abort, 'a record is written beside the one path'); end`.execute(db);
}

async function upPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function record_on_one_path() returns trigger language plpgsql set search_path from current as $$
    begin
      if not exists (select from space where id = new.space and ver = new.ver)
        or (tg_op = 'UPDATE' and new.ver <= old.ver) then
        raise exception 'a record is written beside the one path' using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger record_on_one_path before insert or update on record
    for each row execute function record_on_one_path()`.execute(db);
  // A cursor walks in this order. That of bytes is SQLite's too, and no update of the system ever changes it.
  await sql`
    alter table record
      alter column space type text collate "C",
      alter column kind type text collate "C",
      alter column id type text collate "C"`.execute(db);
}
