import type { MediaType } from '../../domain/photo/media.ts';
import type { PhotoTable } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { logFault } from '../sync/log-fault.ts';
import { inStore } from './in-store.ts';
import { typeOf } from './looks-like.ts';
import { photoFault } from './photo-fault.ts';
import { isBrought, noteBrought } from './bringers.ts';
import { announce, forgetPhoto, heldAuthors, markStored, neededButNotStored, readPhoto } from './photo-rows.ts';
import { referencesTo } from './photo-references.ts';

/** So that a long list never holds the store for long; the rest follows with the next round. */
export const MAX_A_ROUND = 200;

/** What is here whole, or turns out to be. */
export async function findPhoto(deps: Dependencies, sha: string): Promise<PhotoTable | undefined> {
  const photo = await readPhoto(deps.db, sha);
  return photo && photo.stored_at !== null ? photo : adoptPhoto(deps, sha);
}

/**
 * Bytes that are needed and lie in the store, though no row says so: the database came back from a backup, the photos
 * stayed. They are verified as if they had just come, and written down. Who brought them went with the database, and
 * their phones may have let go of them: it is taken for whoever needs them now. Undefined where there are none. [PH14]
 */
export const adoptPhoto = (deps: Dependencies, sha: string): Promise<PhotoTable | undefined> =>
  deps.photos.inTurn(sha, async () => {
    const { db, now } = deps;
    const row = await readPhoto(db, sha);
    if (row && row.stored_at !== null) return row;
    const authors = new Set([
      ...(await referencesTo(db, sha)).map(({ byId }) => byId),
      ...(await heldAuthors(db, sha)),
    ]);
    if (authors.size === 0) return undefined;
    const found = await findInStore(deps, sha);
    if (!found) return undefined;
    await announce(db, { sha, ...found }, now());
    // Another process may just have been throwing them away: from here on it finds them wanted.
    if (!(await findInStore(deps, sha))) {
      await forgetPhoto(db, sha);
      return undefined;
    }
    const photo = { sha, type: found.type, size: found.length };
    // Where it is known who brought them, nobody else is taken at their word.
    if (!(await isBrought(db, sha))) {
      for (const memberId of authors) await noteBrought(db, photo, memberId, now());
    }
    return (await markStored(db, photo, now())) ? readPhoto(db, sha) : undefined;
  });

async function findInStore(deps: Dependencies, sha: string): Promise<{ type: MediaType; length: number } | null> {
  const bytes = await inStore(deps, () => deps.photos.store.get(sha));
  const type = bytes && typeOf(bytes);
  return type && !photoFault(sha, type, bytes) ? { type, length: bytes.length } : null;
}

/**
 * Looks for what records need and that is not here, behind `after`, so that it is in the next backup too. Answers how
 * many it took in and behind which the next round goes on; null: that was all. A store that does not answer, and a
 * server that stops, end the round: what stands first is not asked for again before the rest had its turn.
 */
export async function adoptPhotos(deps: Dependencies, after = ''): Promise<{ adopted: number; next: string | null }> {
  let adopted = 0;
  const needed = await neededButNotStored(deps.db, { after, limit: MAX_A_ROUND });
  for (const sha of needed) {
    try {
      if (await adoptPhoto(deps, sha)) adopted += 1;
    } catch (error) {
      if (error instanceof HttpError && error.code === 'unavailable') return { adopted, next: sha };
      logFault(deps.logger, 'a photo that is needed could not be looked for', error);
    }
    if (deps.stopping.aborted) return { adopted, next: sha };
  }
  return { adopted, next: needed.length < MAX_A_ROUND ? null : (needed.at(-1) ?? null) };
}
