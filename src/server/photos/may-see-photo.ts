import type { Dependencies } from '../dependencies.ts';
import type { Session } from '../auth/session.ts';
import { readAllowedSpaces } from '../sync/allowed-spaces.ts';
import { readAuthor } from '../sync/author.ts';
import { SHA } from '../../domain/photo/media-args.ts';
import { isHeld } from './photo-rows.ts';

/** Does a record that this member may hold need these bytes? To know a hash opens nothing. */
export async function maySeePhoto({ db }: Dependencies, session: Session, sha: string): Promise<boolean> {
  const refs = await db.selectFrom('media_ref').select('space').distinct().where('sha', '=', sha).execute();
  if (refs.length === 0) return false;
  const allowed = await readAllowedSpaces(db, await readAuthor(db, session));
  return refs.some(({ space }) => allowed.some(({ id }) => id === space));
}

/** Whoever is signed in; whoever was, for what of theirs is held. */
export const mayBringPhoto = async ({ db }: Dependencies, session: Session, sha: string): Promise<boolean> =>
  !session.revoked || (SHA.test(sha) && isHeld(db, sha, session.memberId));
