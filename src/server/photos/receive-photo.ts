import type { PhotoTable } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { adoptPhoto } from './adopt-photo.ts';
import { inStore } from './in-store.ts';
import { photoFault } from './photo-fault.ts';
import {
  announce,
  forgetUpload,
  markStored,
  readPhoto,
  touchPhoto,
  unreferencedOf,
  type Announced,
} from './photo-rows.ts';

/** How far an upload has come. */
export interface Standing {
  offset: number;
  length: number;
  complete: boolean;
}

const wholeOf = ({ size }: PhotoTable): Standing => ({ offset: size, length: size, complete: true });

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
 * How far it is; undefined where nothing of it is here. What came whole just before a crash is verified now, and of
 * what has not begun to come the store is asked.
 */
export async function standingOf(deps: Dependencies, sha: string): Promise<Standing | undefined> {
  const row = await readPhoto(deps.db, sha);
  if (row && row.stored_at !== null) return wholeOf(row);
  const begun = row && (await standingBegun(deps, sha));
  if (begun && begun.offset > 0) return begun;
  const adopted = await adoptPhoto(deps, sha);
  return adopted ? wholeOf(adopted) : begun;
}

async function standingBegun(deps: Dependencies, sha: string): Promise<Standing | undefined> {
  try {
    return await settle(deps, sha);
  } catch (error) {
    // It was thrown away just now, here or beside us: the phone begins anew.
    if (error instanceof OffsetMismatch || (error instanceof HttpError && error.status === 422)) return undefined;
    throw error;
  }
}

/**
 * Takes the bytes of one request from `offset` on, writing each piece as it comes: a request that is cut has brought
 * what came before the cut. Bytes that come twice change nothing, two phones that bring the same photo help each other.
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
      await discard(deps, sha);
      throw new HttpError('too_large');
    }
    const ends = await inStore(deps, () => deps.photos.inTurn(sha, () => deps.photos.partials.append(sha, at, bytes)));
    if (ends !== at + bytes.length) throw new OffsetMismatch(ends);
    deps.metrics.photoBytes.inc(bytes.length);
    at = ends;
  }
  return settle(deps, sha);
}

/** Whatever is to be said before the first byte; answers where all is here already. */
async function begin(
  deps: Dependencies,
  memberId: string,
  announced: Announced,
  offset: number,
): Promise<Standing | null> {
  const { db, photos, now } = deps;
  const { sha, type, length } = announced;
  const row = await readPhoto(db, sha);
  if (row && row.stored_at !== null) return wholeOf(row);
  if (row && row.type === type && row.size === length) {
    const here = await photos.partials.length(sha);
    if (here !== offset) throw new OffsetMismatch(here);
    await touchPhoto(db, sha, now());
    return null;
  }
  // Nobody has begun it, or as something else: the hash will tell who was right.
  if (offset !== 0) throw new OffsetMismatch(0);
  const waiting = await unreferencedOf(db, memberId);
  if (waiting.bytes + length > UNREFERENCED_BYTES || waiting.count >= UNREFERENCED_COUNT) {
    throw new HttpError('uploads_full', { retryAfterMs: FULL_RETRY_MS });
  }
  await photos.partials.discard(sha);
  await announce(db, announced, memberId, now());
  return null;
}

/** Where all bytes are here: verifies them, keeps them or throws them away. */
const settle = (deps: Dependencies, sha: string): Promise<Standing> =>
  deps.photos.inTurn(sha, async () => {
    const { db, photos, now } = deps;
    const row = await readPhoto(db, sha);
    if (!row) throw new OffsetMismatch(0);
    if (row.stored_at !== null) {
      await photos.partials.discard(sha);
      return wholeOf(row);
    }
    const offset = await photos.partials.length(sha);
    if (offset < row.size) return { offset, length: row.size, complete: false };
    const bytes = await photos.partials.read(sha);
    const fault = photoFault(sha, row.type, bytes);
    if (fault) {
      await photos.partials.discard(sha);
      await forgetUpload(db, sha);
      throw fault;
    }
    await inStore(deps, () => photos.store.put(sha, bytes, row.type));
    const isStored = await markStored(db, sha, now());
    await photos.partials.discard(sha);
    if (!isStored) throw new OffsetMismatch(0);
    return wholeOf(row);
  });

const discard = (deps: Dependencies, sha: string): Promise<void> =>
  deps.photos.inTurn(sha, async () => {
    await deps.photos.partials.discard(sha);
    await forgetUpload(deps.db, sha);
  });

/** Nobody is there to read the answer to a request that was cut; what it had brought is kept. */
async function* unlessCut(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new HttpError('bad_request', { issues: ['body: cut short'] });
  }
}
