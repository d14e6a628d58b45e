import type { Kysely } from 'kysely';
import { SHA } from '../../domain/photo/media-args.ts';
import type { Session } from '../auth/session.ts';
import type { Database, PhotoTable } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { heldAuthorsFor } from '../desk/held-repository.ts';
import { readAllowedSpaces } from '../sync/allowed-spaces.ts';
import { readAuthor, type Author } from '../sync/author.ts';
import { findPhoto } from './adopt-photo.ts';
import { haveBrought } from './bringers.ts';
import { heldAuthors } from './photo-rows.ts';
import { referencesTo } from './photo-references.ts';

/**
 * The photo, where a record that this member may hold needs it, or something held over which this member decides, and
 * whoever put it there had the bytes. To know a hash opens nothing: who names one without having brought what it names
 * shows it to nobody. [PH4]
 */
export async function photoSeenBy(deps: Dependencies, session: Session, sha: string): Promise<PhotoTable | undefined> {
  const { db } = deps;
  const reader = await readAuthor(db, session);
  if (reader.revoked) return undefined;
  return (
    (await shownBy(deps, sha, await authorsIn(db, reader, sha))) ??
    (await shownBy(deps, sha, await heldAuthorsFor(db, reader.actor, sha)))
  );
}

/** Whose hand put it into a record that this member may hold. */
async function authorsIn(db: Kysely<Database>, reader: Author, sha: string): Promise<string[]> {
  const references = await referencesTo(db, sha);
  if (references.length === 0) return [];
  const allowed = new Set((await readAllowedSpaces(db, reader)).map(({ id }) => id));
  return references.filter(({ space }) => allowed.has(space)).map(({ byId }) => byId);
}

async function shownBy(deps: Dependencies, sha: string, authors: readonly string[]): Promise<PhotoTable | undefined> {
  if (authors.length === 0) return undefined;
  const photo = await findPhoto(deps, sha);
  return photo && (await haveBrought(deps.db, sha, authors)) ? photo : undefined;
}

/** Whoever is signed in; whoever was, for what of theirs is held or stands in a record. [RV1] */
export async function mayBringPhoto({ db }: Dependencies, session: Session, sha: string): Promise<boolean> {
  if (!session.revoked) return true;
  if (!SHA.test(sha)) return false;
  // Also where it is here already: else its phone kept it for ever.
  const isInRecord = (await referencesTo(db, sha)).some(({ byId }) => byId === session.memberId);
  return isInRecord || (await heldAuthors(db, sha)).includes(session.memberId);
}
