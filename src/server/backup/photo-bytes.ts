import { stat } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import { isNoSuchFile } from '../files/no-such-file.ts';
import { photoPath } from '../photos/folder-store.ts';
import type { PhotoStore } from '../photos/photo-store.ts';
import { sha256 } from '../photos/sha256.ts';

export interface StoredPhoto {
  sha: string;
  type: string;
  size: number;
}

/** What the database says is in the photo store, in order of the hashes. */
export const storedPhotos = (db: Kysely<Database>): Promise<StoredPhoto[]> =>
  db.selectFrom('photo').select(['sha', 'type', 'size']).where('stored_at', 'is not', null).orderBy('sha').execute();

/** Whole and with the right hash, or null. */
export async function soundBytes(store: PhotoStore, sha: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await store.get(sha);
  return bytes && sha256(bytes) === sha ? bytes : null;
}

/** What came there by name and is as long as it should be came whole: a file gets its name last. */
export async function isInFolder(folder: string, { sha, size }: StoredPhoto): Promise<boolean> {
  try {
    return (await stat(photoPath(folder, sha))).size === size;
  } catch (error) {
    if (isNoSuchFile(error)) return false;
    throw error;
  }
}
