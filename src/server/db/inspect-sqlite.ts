import { readdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isNoSuchFile } from '../files/no-such-file.ts';
import { requireKnownMigrations } from './known-tables.ts';
import { sqliteCode } from './sqlite-code.ts';
import { StorageDamage } from './storage-damage.ts';

/** SQLite's primary result codes. */
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/**
 * Looks at a database's file before anything is written to it: throws what is wrong with it, answers whether it is
 * there.
 */
export async function inspectSqlite(file: string): Promise<boolean> {
  const size = await sizeOf(file);
  if (size === null) return false;
  if (size === 0) throw new StorageDamage('empty', file);
  const db = openOrThrow(file);
  try {
    inspectPages(db, file);
    inspectTables(db, file);
  } finally {
    db.close();
  }
  return true;
}

/** A file that is missing beside its own parts, its mark or photos was lost: no new one may take its place. */
export async function requireNotLost(file: string, isMarked: boolean): Promise<void> {
  const name = basename(file);
  const there = await readdir(dirname(file));
  if (isMarked || there.some((other) => other === 'photos' || (other.startsWith(name) && other !== name))) {
    throw new StorageDamage('gone', file);
  }
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isNoSuchFile(error)) return null;
    throw error;
  }
}

/** For reading alone: what is damaged stays as it was found. */
function openOrThrow(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 5000, readOnly: true });
  try {
    db.exec('select 1 from sqlite_schema limit 1');
    return db;
  } catch (error) {
    db.close();
    throw damageOf(error, file) ?? error;
  }
}

/** Looks at every page once: as long as it takes to read the file, which is warm for what comes after. */
function inspectPages(db: DatabaseSync, file: string): void {
  try {
    const rows = db.prepare('pragma quick_check(1)').all();
    if (rows.length === 1 && rows[0]?.quick_check === 'ok') return;
  } catch (error) {
    throw damageOf(error, file) ?? error;
  }
  throw new StorageDamage('damaged', file);
}

function inspectTables(db: DatabaseSync, file: string): void {
  const tables = db.prepare(`select name from sqlite_schema where type = 'table'`).all();
  if (tables.length === 0) return;
  if (!tables.some(({ name }) => name === 'kysely_migration')) throw new StorageDamage('foreign', file);
  const done = db.prepare('select name from kysely_migration').all();
  requireKnownMigrations(
    done.map(({ name }) => String(name)),
    file,
  );
}

function damageOf(error: unknown, file: string): StorageDamage | null {
  const code = sqliteCode(error);
  if (code === NOT_A_DATABASE) return new StorageDamage('notDatabase', file);
  return code === CORRUPT ? new StorageDamage('damaged', file) : null;
}
