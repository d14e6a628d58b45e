import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../config.ts';
import { openDatabase } from '../db/open-database.ts';
import { renameDurably } from '../files/rename-durably.ts';
import { folderStore } from '../photos/folder-store.ts';
import { openPhotos } from '../photos/open-photos.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import type { Check } from '../verify/check.ts';
import type { BackupPlace } from './backup-arguments.ts';
import { copyPhotos, type CopiedPhotos } from './copy-photos.ts';
import { makePrivateFile } from './database-file.ts';
import { isInFolder, storedPhotos } from './photo-bytes.ts';
import { snapshotInto } from './snapshot.ts';

export interface TakenBackup extends BackupPlace {
  photos: CopiedPhotos;
  checks: Check[];
}

/**
 * Copies an office while its server runs: the database of one moment into one file, then the photos that it names into
 * a folder that many backups may share. The file gets its name when it has been read through and lies on the disk.
 */
export async function takeBackup(config: Config, { file, photoFolder }: BackupPlace): Promise<TakenBackup> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await mkdir(photoFolder, { recursive: true, mode: 0o700 });
  const part = `${file}.part`;
  await makePrivateFile(part);
  await snapshotInto(part, config);
  const taken = await readThrough(part, config, photoFolder);
  await renameDurably(part, file);
  return { file, photoFolder, ...taken };
}

/** After the snapshot: a photo that comes later is no part of it, one that it names is thrown away weeks later. */
async function readThrough(
  part: string,
  config: Config,
  photoFolder: string,
): Promise<Pick<TakenBackup, 'photos' | 'checks'>> {
  const archive = openDatabase(part, { readOnly: true });
  try {
    const photos = await copyPhotos(
      await storedPhotos(archive),
      openPhotos(config).store,
      folderStore(photoFolder, randomUUID),
      (photo) => isInFolder(photoFolder, photo),
    );
    return { photos, checks: await verifyDatabase(archive, Date.now()) };
  } finally {
    await archive.destroy();
  }
}
