import { randomUUID } from 'node:crypto';
import type { BackupPlace } from '../backup/backup-arguments.ts';
import { storedPhotos } from '../backup/photo-bytes.ts';
import type { Config } from '../config.ts';
import { ConsoleFault } from '../console-fault.ts';
import { inspectSqlite } from '../db/inspect-sqlite.ts';
import { openDatabase } from '../db/open-database.ts';
import { openPostgres } from '../db/open-postgres.ts';
import { databaseFile } from '../open-storage.ts';
import { folderStore } from '../photos/folder-store.ts';
import { openPhotos } from '../photos/open-photos.ts';
import type { Check } from './check.ts';
import { checkAwaited } from './check-awaited.ts';
import { checkPhotos } from './check-photos.ts';
import { verifyDatabase } from './verify-database.ts';

/** Everything of an office that can be reckoned anew: its database and its photos, or those of a backup. */
export async function verifyOffice(config: Config, backup: BackupPlace | null): Promise<Check[]> {
  const postgres = backup ? null : config.postgres;
  const file = backup ? backup.file : databaseFile(config);
  if (!postgres && !(await inspectSqlite(file))) throw new ConsoleFault(`There is no database at ${file}.`);
  const store = backup ? folderStore(backup.photoFolder, randomUUID) : openPhotos(config).store;
  const db = postgres ? openPostgres(postgres) : openDatabase(file, { readOnly: backup !== null });
  try {
    const checks = await verifyDatabase(db, Date.now());
    return [...checks, await checkPhotos(await storedPhotos(db), store), await checkAwaited(db)];
  } finally {
    await db.destroy();
  }
}
