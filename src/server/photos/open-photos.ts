import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { folderStore } from './folder-store.ts';
import { partialFiles } from './partial-files.ts';
import { createPhotos, type Photos } from './photos.ts';
import { s3Store } from './s3-store.ts';

/** A folder beside the database, or the store that the configuration names; uploads under way are files in both. */
export function openPhotos({ dataDir, photoStore }: Pick<Config, 'dataDir' | 'photoStore'>): Photos {
  const store = photoStore ? s3Store(photoStore) : folderStore(join(dataDir, 'photos'), randomUUID);
  return createPhotos(store, partialFiles(join(dataDir, 'uploads')));
}
