import { backup, DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import { ConsoleFault } from '../console-fault.ts';
import { inspectSqlite } from '../db/inspect-sqlite.ts';
import { requireKnownTables } from '../db/known-tables.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from '../db/open-database.ts';
import { openPostgres } from '../db/open-postgres.ts';
import type { Database } from '../db/schema.ts';
import { migrations } from '../migrations/migrations.ts';
import { databaseFile } from '../open-storage.ts';
import { besideTheOnePath } from './beside-the-one-path.ts';
import { copyTables } from './tables.ts';

/** More pages than a database has: all of them in one step, under one lock for reading that stops nobody who writes. */
const ALL_PAGES = 2 ** 31 - 1;

/** What an office's database holds at one moment, as a SQLite file, whichever engine it stands in. */
export async function snapshotInto(file: string, config: Config): Promise<void> {
  if (config.postgres) await snapshotPostgres(file, config.postgres);
  else await snapshotSqlite(file, databaseFile(config));
  seal(file);
}

async function snapshotSqlite(file: string, source: string): Promise<void> {
  if (!(await inspectSqlite(source))) throw new ConsoleFault(`There is no database at ${source}. Is DATA_DIR right?`);
  const db = new DatabaseSync(source, { timeout: 5000 });
  try {
    // In steps, a copy would begin anew with each write of the server, and never end under load.
    await backup(db, file, { rate: ALL_PAGES });
  } finally {
    db.close();
  }
}

async function snapshotPostgres(file: string, address: NonNullable<Config['postgres']>): Promise<void> {
  const source = openPostgres(address);
  const archive = openDatabase(file);
  try {
    await requireSameTables(source);
    await migrate(archive);
    await source
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((from) =>
        archive.transaction().execute(async (to) => {
          await to.deleteFrom('server').execute();
          await besideTheOnePath(to, () => copyTables(from, to));
        }),
      );
  } finally {
    await archive.destroy();
    await source.destroy();
  }
}

/** Rows are read by their columns' names: both sides must have the same. */
async function requireSameTables(db: Kysely<Database>): Promise<void> {
  const done = await requireKnownTables(db);
  if (done.length === 0) throw new ConsoleFault('This PostgreSQL has no office in it. Is DATABASE_URL right?');
  if (done.length < Object.keys(migrations).length) {
    throw new ConsoleFault(
      'The tables are of an older version. Start the server of this version once, then try again.',
    );
  }
}

/**
 * One file that holds all: no log of changes beside it, which a copy by hand would leave behind. It says of itself that
 * it is a copy, should it be put in an office's place by hand as well.
 */
function seal(file: string): void {
  const db = new DatabaseSync(file);
  try {
    db.exec('pragma journal_mode = delete');
    // An office is often backed up just before its tables are changed: those of an older version have no place for it.
    const column = db.prepare(`select 1 from pragma_table_info('server') where name = 'copied'`).get();
    if (column) db.exec('update server set copied = 1');
  } finally {
    db.close();
  }
}
