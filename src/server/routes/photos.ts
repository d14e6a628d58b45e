import { type Context, Hono } from 'hono';
import { isMediaType, maxBytesOf } from '../../domain/photo/media.ts';
import { SHA } from '../../domain/photo/media-args.ts';
import { UPLOAD_COMPLETE, UPLOAD_LENGTH, UPLOAD_MEMBER, UPLOAD_OFFSET } from '../../protocol/photo-messages.ts';
import { readSession, requireSession, type Session } from '../auth/session.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { takeOrThrow } from '../http/rate-limit.ts';
import { mayBringPhoto, photoSeenBy } from '../photos/may-see-photo.ts';
import type { Announced } from '../photos/photo-rows.ts';
import { OffsetMismatch, receivePhoto, standingOf, type Standing } from '../photos/receive-photo.ts';
import { sendPhoto } from '../photos/send-photo.ts';

/** A list of thumbnails at once, and a queue of a day's photos cut into pieces. */
const READ_RATE = { burst: 600, perSecond: 30 };
const WRITE_RATE = { burst: 300, perSecond: 10 };

/**
 * HEAD /api/photos/{sha}: how far this member's upload has come. PATCH: more of it, from an offset; the last bytes have it
 * verified. GET: the bytes, for who may hold a record that needs them; else as if they were not here.
 */
export const photoRoutes = (deps: Dependencies): Hono =>
  new Hono()
    // Hono hands HEAD to the route of GET.
    .on(['GET', 'HEAD'], '/photos/:sha', (c) => (c.req.method === 'HEAD' ? tell(deps, c) : send(deps, c)))
    .patch('/photos/:sha', (c) => take(deps, c));

async function send(deps: Dependencies, c: Context): Promise<Response> {
  const { session } = await requireSession(deps, c);
  takeOrThrow(deps, 'photo-read', session.id, READ_RATE);
  const sha = readSha(c);
  const photo = await photoSeenBy(deps, session, sha);
  if (!photo) throw new HttpError('not_found');
  return sendPhoto(deps, c, photo);
}

async function tell(deps: Dependencies, c: Context): Promise<Response> {
  const { sha, session } = await requireUploader(deps, c);
  const standing = await standingOf(deps, session, sha);
  if (!standing) throw new HttpError('not_found');
  return answer(c, standing, 200);
}

async function take(deps: Dependencies, c: Context): Promise<Response> {
  const { sha, session } = await requireUploader(deps, c);
  const { offset, ...announced } = readUpload(c, sha);
  try {
    const standing = await receivePhoto(deps, session.memberId, announced, offset, c.req.raw.body ?? nothing());
    return answer(c, standing, 204);
  } catch (error) {
    if (!(error instanceof OffsetMismatch)) throw error;
    c.header(UPLOAD_OFFSET, String(error.offset));
    throw new HttpError('offset_mismatch');
  }
}

/** Signed in, or signed out with something held: whoever was may still bring what belongs to it. */
async function requireUploader(deps: Dependencies, c: Context): Promise<{ sha: string; session: Session }> {
  const session = await readSession(deps, c);
  if (!session) throw new HttpError('unauthenticated');
  // What a member has written down is theirs: brought as somebody else's, it would be shown to nobody.
  if ((c.req.header(UPLOAD_MEMBER) ?? session.memberId) !== session.memberId) throw new HttpError('unauthenticated');
  takeOrThrow(deps, 'photo-write', session.id, WRITE_RATE);
  const sha = c.req.param('sha') ?? '';
  if (!(await mayBringPhoto(deps, session, sha))) throw new HttpError('unauthenticated');
  return { sha: readSha(c), session };
}

/** Anything that is no hash names nothing. */
function readSha(c: Context): string {
  const sha = c.req.param('sha') ?? '';
  if (!SHA.test(sha)) throw new HttpError('not_found');
  return sha;
}

function readUpload(c: Context, sha: string): Announced & { offset: number } {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!isMediaType(type)) throw new HttpError('unsupported_media_type');
  const length = readCount(c, UPLOAD_LENGTH);
  const offset = readCount(c, UPLOAD_OFFSET);
  if (length === 0 || offset > length) throw new HttpError('bad_request', { issues: [`${UPLOAD_OFFSET}: too far`] });
  if (length > maxBytesOf(type)) throw new HttpError('too_large');
  return { sha, type, length, offset };
}

function readCount(c: Context, name: string): number {
  const text = c.req.header(name) ?? '';
  if (!/^\d{1,10}$/.test(text)) throw new HttpError('bad_request', { issues: [`${name}: not a number`] });
  return Number(text);
}

function answer(c: Context, { offset, length, complete }: Standing, status: 200 | 204): Response {
  return c.body(null, status, {
    [UPLOAD_OFFSET]: String(offset),
    [UPLOAD_LENGTH]: String(length),
    [UPLOAD_COMPLETE]: complete ? '?1' : '?0',
  });
}

async function* nothing(): AsyncIterable<Uint8Array> {
  // A PATCH without a body asks only that what is here be looked at.
}
