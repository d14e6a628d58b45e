import type { PhotoStore } from '../photos/photo-store.ts';
import { soundBytes, type StoredPhoto } from './photo-bytes.ts';

export interface CopiedPhotos {
  copied: number;
  bytes: number;
  /** Were there before. */
  kept: number;
  /** Not to be had whole from where they should be. */
  missing: string[];
}

/** Brings each photo that is not there yet, one after the other: a copy must leave the server its disk. */
export async function copyPhotos(
  photos: readonly StoredPhoto[],
  from: PhotoStore,
  to: PhotoStore,
  isThere: (photo: StoredPhoto) => Promise<boolean>,
): Promise<CopiedPhotos> {
  const result: CopiedPhotos = { copied: 0, bytes: 0, kept: 0, missing: [] };
  for (const photo of photos) {
    if (await isThere(photo)) {
      result.kept += 1;
      continue;
    }
    const bytes = await soundBytes(from, photo.sha);
    if (!bytes) {
      result.missing.push(photo.sha);
      continue;
    }
    await to.put(photo.sha, bytes, photo.type);
    result.copied += 1;
    result.bytes += bytes.length;
  }
  return result;
}
