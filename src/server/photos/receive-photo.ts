import type { Session } from '../auth/session.ts';
import type { PhotoTable } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { adoptPhoto } from './adopt-photo.ts';
import { forgetUpload, haveBrought, noteBrought, noteUpload, readBringer, unreferencedOf } from './bringers.ts';
import { inStore } from './in-store.ts';
import { photoSeenBy } from './may-see-photo.ts';
import { uploadName } from './partial-files.ts';
import { photoFault } from './photo-fault.ts';
import { announce, forgetPhoto, markStored, readPhoto, touchPhoto, type Announced } from './photo-rows.ts';

/** How far an upload has come. */
export interface Standing {
  offset: number;
  length: number;
  complete: boolean;
}

const wholeOf = ({ size }: Pick<PhotoTable, 'size'>): Standing => ({ offset: size, length: size, complete: true });

/** Bytes that do not begin where those that are here end. */
export class OffsetMismatch extends Error {
  override readonly name = 'OffsetMismatch';
  readonly offset: number;

  constructor(offset: number) {
    super('the bytes belong elsewhere');
    this.offset = offset;
  }
}

/** What one member may bring that no record needs yet: more than a day's photos, less than a disk. */
export const UNREFERENCED_BYTES = 64 * 1024 * 1024;
export const UNREFERENCED_COUNT = 500;
const FULL_RETRY_MS = 60_000;

/**
 * How far it is for this member; undefined where nothing of it has come from them. That somebody else has brought the
 * same bytes is told only to who may see them: else to know a hash were as good as to have what it names. What came whole
 * just before a crash is verified now, and of what has not begun to come the store is asked.
 */
export async function standingOf(deps: Dependencies, session: Session, sha: string): Promise<Standing | undefined> {
  const photo = await readPhoto(deps.db, sha);
  const isStored = photo !== undefined && photo.stored_at !== null;
  if (isStored && (await isKnownTo(deps, session, photo))) return wholeOf(photo);
  const begun = await standingBegun(deps, session.memberId, sha);
  if (isStored || (begun && begun.offset > 0)) return begun;
  const adopted = await adoptPhoto(deps, sha);
  return adopted && (await isKnownTo(deps, session, adopted)) ? wholeOf(adopted) : begun;
}

/** Has this member brought it, or may they see it? Who sees it could bring it: that is written down as if they had. */
async function isKnownTo(deps: Dependencies, session: Session, photo: PhotoTable): Promise<boolean> {
  const { db, now } = deps;
  if (await haveBrought(db, photo.sha, [session.memberId])) return true;
  if (!(await photoSeenBy(deps, session, photo.sha))) return false;
  await noteBrought(db, photo, session.memberId, now());
  return true;
}

async function standingBegun(deps: Dependencies, memberId: string, sha: string): Promise<Standing | undefined> {
  try {
    return await settle(deps, memberId, sha);
  } catch (error) {
    // It was thrown away just now, here or beside us: the phone begins anew.
    if (error instanceof OffsetMismatch || (error instanceof HttpError && error.status === 422)) return undefined;
    throw error;
  }
}

/**
 * Takes the bytes of one request from `offset` on, writing each piece as it comes: a request that is cut has brought
 * what came before the cut. Bytes that come twice change nothing, two phones of one member that bring the same photo help
 * each other; what another member brings is theirs alone, until all of it has come.
 */
export async function receivePhoto(
  deps: Dependencies,
  memberId: string,
  announced: Announced,
  offset: number,
  body: AsyncIterable<Uint8Array>,
): Promise<Standing> {
  const { sha, length } = announced;
  const { inTurn } = deps.photos;
  // Of what one member begins at once each must see the one before it: else no limit holds.
  const begun = await inTurn(memberId, () => inTurn(sha, () => begin(deps, memberId, announced, offset)));
  if (begun) return begun;
  let at = offset;
  for await (const bytes of unlessCut(body)) {
    if (at + bytes.length > length) {
      await discard(deps, memberId, sha);
      throw new HttpError('too_large');
    }
    const append = () => deps.photos.partials.append(uploadName(sha, memberId), at, bytes);
    const ends = await inStore(deps, () => inTurn(sha, append));
    if (ends !== at + bytes.length) throw new OffsetMismatch(ends);
    deps.metrics.photoBytes.inc(bytes.length);
    at = ends;
  }
  return settle(deps, memberId, sha);
}

/** Whatever is to be said before the first byte; answers where this member has brought all of it already. */
async function begin(
  deps: Dependencies,
  memberId: string,
  announced: Announced,
  offset: number,
): Promise<Standing | null> {
  const { db, photos, now } = deps;
  const { sha, type, length } = announced;
  const photo = await readPhoto(db, sha);
  const mine = await readBringer(db, sha, memberId);
  if (photo && photo.stored_at !== null && mine && mine.brought_at !== null) return wholeOf(photo);
  const upload = uploadName(sha, memberId);
  if (photo && mine && mine.type === type && mine.size === length) {
    const here = await photos.partials.length(upload);
    if (here !== offset) throw new OffsetMismatch(here);
    await touchPhoto(db, sha, now());
    return null;
  }
  // It is not begun, or was as something else: the hash will tell who was right.
  if (offset !== 0) throw new OffsetMismatch(0);
  const waiting = await unreferencedOf(db, memberId);
  if (waiting.bytes + length > UNREFERENCED_BYTES || waiting.count >= UNREFERENCED_COUNT) {
    throw new HttpError('uploads_full', { retryAfterMs: FULL_RETRY_MS });
  }
  await photos.partials.discard(upload);
  // The photo first: whoever throws it away meanwhile takes with it what stands there of its bringers.
  await announce(db, announced, now());
  await noteUpload(db, announced, memberId);
  return null;
}

/** Where all bytes are here: verifies them, keeps them or throws them away. */
const settle = (deps: Dependencies, memberId: string, sha: string): Promise<Standing> =>
  deps.photos.inTurn(sha, async () => {
    const { db, photos, now } = deps;
    const upload = uploadName(sha, memberId);
    const photo = await readPhoto(db, sha);
    const mine = await readBringer(db, sha, memberId);
    if (!photo || !mine) throw new OffsetMismatch(0);
    const isStored = photo.stored_at !== null;
    if (isStored && mine.brought_at !== null) {
      await photos.partials.discard(upload);
      return wholeOf(photo);
    }
    const offset = await photos.partials.length(upload);
    if (offset < mine.size) return { offset, length: mine.size, complete: false };
    const bytes = await photos.partials.read(upload);
    const fault = photoFault(sha, mine.type, bytes);
    if (fault) {
      await throwAway(deps, memberId, sha);
      throw fault;
    }
    // A second time they are not kept, but they have shown that this member has them.
    if (!isStored) await inStore(deps, () => photos.store.put(sha, bytes, mine.type));
    const isHere = await markStored(db, mine, now());
    if (isHere) await noteBrought(db, mine, memberId, now());
    await photos.partials.discard(upload);
    if (!isHere) throw new OffsetMismatch(0);
    return wholeOf(mine);
  });

const discard = (deps: Dependencies, memberId: string, sha: string): Promise<void> =>
  deps.photos.inTurn(sha, () => throwAway(deps, memberId, sha));

async function throwAway({ db, photos }: Dependencies, memberId: string, sha: string): Promise<void> {
  await photos.partials.discard(uploadName(sha, memberId));
  await forgetUpload(db, sha, memberId);
  await forgetPhoto(db, sha);
}

/** Nobody is there to read the answer to a request that was cut; what it had brought is kept. */
async function* unlessCut(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new HttpError('bad_request', { issues: ['body: cut short'] });
  }
}
