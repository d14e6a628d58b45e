import type { StoredPhoto } from '../backup/photo-bytes.ts';
import type { PhotoStore } from '../photos/photo-store.ts';
import { sha256 } from '../photos/sha256.ts';
import { Finding, type Check } from './check.ts';

/** Every photo that the database says is kept, read whole: is it there, and is it still what its name says? */
export async function checkPhotos(photos: readonly StoredPhoto[], store: PhotoStore): Promise<Check> {
  const finding = new Finding(
    'photos by their hash',
    'Copy these files from the photos of a backup (photos/ab/cd/<hash>); a damaged one is not shown meanwhile.',
  );
  for (const { sha, size } of photos) {
    finding.looked += 1;
    const bytes = await store.get(sha);
    if (!bytes) finding.fault(`${sha} is missing`);
    else if (bytes.length !== size || sha256(bytes) !== sha) finding.fault(`${sha} is damaged`);
  }
  return finding;
}
