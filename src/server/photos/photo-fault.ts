import { isMediaType } from '../../domain/photo/media.ts';
import { HttpError } from '../http/http-error.ts';
import { carriesPosition } from './carries-position.ts';
import { looksLike } from './looks-like.ts';
import { sha256 } from './sha256.ts';

/** Why these whole bytes are not taken; null where they are. */
export function photoFault(sha: string, type: string, bytes: Uint8Array): HttpError | null {
  if (sha256(bytes) !== sha) return new HttpError('checksum_mismatch');
  if (!isMediaType(type) || !looksLike(type, bytes)) return new HttpError('media_refused', { issues: ['type'] });
  return carriesPosition(type, bytes) ? new HttpError('media_refused', { issues: ['position'] }) : null;
}
