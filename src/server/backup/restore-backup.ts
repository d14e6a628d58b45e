import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import type { Config } from '../config.ts';
import { ConsoleFault } from '../console-fault.ts';
import { inspectSqlite } from '../db/inspect-sqlite.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from '../db/open-database.ts';
import { openPostgres } from '../db/open-postgres.ts';
import type { Database } from '../db/schema.ts';
import { databaseFile, markFile } from '../open-storage.ts';
import { renameDurably } from '../files/rename-durably.ts';
import { folderStore } from '../photos/folder-store.ts';
import { openPhotos } from '../photos/open-photos.ts';
import type { Check } from '../verify/check.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import type { BackupPlace } from './backup-arguments.ts';
import { besideTheOnePath } from './beside-the-one-path.ts';
import { copyPhotos, type CopiedPhotos } from './copy-photos.ts';
import { makePrivateFile, removeDatabase } from './database-file.ts';
import { soundBytes, storedPhotos } from './photo-bytes.ts';
import { copyTables } from './tables.ts';

export interface Restored {
  epoch: string;
  photos: CopiedPhotos;
  checks: Check[];
}

/**
 * Brings a backup into an empty data folder or database, of either engine, under a new epoch: by that, phones begin
 * their caches anew and send again what the backup does not know. [RS1, RS2]
 */
export async function restoreBackup(config: Config, { file, photoFolder }: BackupPlace): Promise<Restored> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  await (config.postgres ? requireEmptyPostgres(config.postgres) : requireEmptyFolder(config));
  if (!(await inspectSqlite(file))) throw new ConsoleFault(`There is no backup at ${file}.`);
  const work = join(config.dataDir, 'restoring.sqlite');
  await makePrivateFile(work);
  await copyFile(file, work);
  const restored = await bringIn(work, config, photoFolder);
  if (config.postgres) await removeDatabase(work);
  else {
    await rm(markFile(config), { force: true });
    await renameDurably(work, databaseFile(config));
  }
  return restored;
}

async function bringIn(work: string, config: Config, photoFolder: string): Promise<Restored> {
  const epoch = randomUUID();
  const db = openDatabase(work);
  try {
    await migrate(db);
    await db.updateTable('server').set({ epoch, copied: 0 }).where('id', '=', 1).execute();
    // It begins here, and belongs to what ran before no more.
    await db.deleteFrom('mark').execute();
    await db.deleteFrom('stand').execute();
    const photos = await bringPhotos(db, config, photoFolder);
    const checks = config.postgres ? await intoPostgres(db, config.postgres) : await verifyDatabase(db, Date.now());
    return { epoch, photos, checks };
  } finally {
    await db.destroy();
  }
}

/** Also refused beside a log of changes without its database: SQLite would write it into the one that comes. */
async function requireEmptyFolder(config: Config): Promise<void> {
  const name = basename(databaseFile(config));
  if (!(await readdir(config.dataDir)).some((other) => other.startsWith(name))) return;
  throw new ConsoleFault(
    `There is a database in ${config.dataDir} already, and it stays as it is. Restore into an empty folder: set DATA_DIR, or move this one away.`,
  );
}

async function requireEmptyPostgres(address: NonNullable<Config['postgres']>): Promise<void> {
  const db = openPostgres(address);
  try {
    const { rows } = await sql<{ yes: boolean }>`select to_regclass('record') is not null as yes`.execute(db);
    if (!rows[0]?.yes) return;
    const record = await db.selectFrom('record').select('id').limit(1).executeTakeFirst();
    const member = await db.selectFrom('member').select('id').limit(1).executeTakeFirst();
    if (!record && !member) return;
  } finally {
    await db.destroy();
  }
  throw new ConsoleFault(
    'There is an office in this PostgreSQL already, and it stays as it is. Restore into an empty database or schema: set DATABASE_URL.',
  );
}

/** What the photos of the backup lack is said to be not here, so that phones which still have it bring it again. */
async function bringPhotos(db: Kysely<Database>, config: Config, folder: string): Promise<CopiedPhotos> {
  const { store } = openPhotos(config);
  const result = await copyPhotos(
    await storedPhotos(db),
    folderStore(folder, randomUUID),
    store,
    async ({ sha }) => (await soundBytes(store, sha)) !== null,
  );
  for (const sha of result.missing) {
    await db.updateTable('photo').set({ stored_at: null }).where('sha', '=', sha).execute();
  }
  return result;
}

/** All of it in one transaction: a restore that ends half-way leaves the database as empty as it was. */
async function intoPostgres(archive: Kysely<Database>, address: NonNullable<Config['postgres']>): Promise<Check[]> {
  const db = openPostgres(address);
  try {
    await migrate(db);
    await archive
      .transaction()
      .setAccessMode('read only')
      .execute((from) =>
        db.transaction().execute(async (to) => {
          await to.deleteFrom('space').execute();
          await to.deleteFrom('server').execute();
          await besideTheOnePath(to, () => copyTables(from, to));
        }),
      );
    return await verifyDatabase(db, Date.now());
  } finally {
    await db.destroy();
  }
}
