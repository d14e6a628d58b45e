import { UPLOAD_COMPLETE, UPLOAD_LENGTH, UPLOAD_MEMBER, UPLOAD_OFFSET } from '../../protocol/photo-messages.ts';
import type { ErrorCode } from '../../protocol/error-code.ts';
import type { PhotoAnswer, PhotoPiece, PhotoTransport, TransportFault } from '../../sync/transport-port.ts';
import { readAnswer } from './request-json.ts';

const fault = (what: TransportFault, retryAfterMs: number | null = null): PhotoAnswer => ({
  type: 'fault',
  fault: what,
  retryAfterMs,
});

/** Null where it is no answer of ours: a portal's page has 200 and none of these. */
function standingIn(headers: Headers): { offset: number; complete: boolean } | null {
  const offset = headers.get(UPLOAD_OFFSET);
  const complete = headers.get(UPLOAD_COMPLETE);
  if (offset === null || !/^\d+$/.test(offset) || (complete !== '?0' && complete !== '?1')) return null;
  return { offset: Number(offset), complete: complete === '?1' };
}

/** A proxy in between may answer for the server, and HEAD has no body that could tell. */
function ofStatus(status: number, retryAfterMs: number | null): PhotoAnswer {
  if (status === 413) return fault('too_large');
  if (status === 429) return fault('rate_limited', retryAfterMs);
  return fault(status >= 500 ? 'server' : 'not_doorstep', retryAfterMs);
}

function ofCode(
  code: ErrorCode,
  issues: readonly string[],
  headers: Headers,
  retryAfterMs: number | null,
): PhotoAnswer {
  switch (code) {
    case 'offset_mismatch':
      return { type: 'mismatch', offset: Number(headers.get(UPLOAD_OFFSET) ?? 0) };
    case 'checksum_mismatch':
      return { type: 'broken' };
    case 'media_refused':
      return { type: 'refused', reason: issues.includes('position') ? 'position' : 'type' };
    case 'unsupported_media_type':
      return { type: 'refused', reason: 'type' };
    // A piece that was cut on its way says so too.
    case 'bad_request':
      return issues.includes('body: cut short') ? fault('offline') : { type: 'refused', reason: 'bad_request' };
    case 'too_large':
      return fault('too_large');
    case 'unauthenticated':
      return fault('unauthenticated');
    case 'uploads_full':
    case 'rate_limited':
      return fault('rate_limited', retryAfterMs);
    case 'not_found':
      return { type: 'none' };
    default:
      return fault('server', retryAfterMs);
  }
}

async function readPhotoAnswer(response: Response): Promise<PhotoAnswer> {
  const { status, headers } = response;
  if (response.ok) {
    const standing = response.redirected ? null : standingIn(headers);
    return standing ? { type: 'standing', ...standing } : fault('not_doorstep');
  }
  const answer = await readAnswer(response);
  if (answer.type === 'error') return ofCode(answer.code, answer.issues, headers, answer.retryAfterMs);
  return ofStatus(status, 'retryAfterMs' in answer ? answer.retryAfterMs : null);
}

/** HEAD and PATCH of /api/photos/<sha>, as this member alone; never throws for what the network does. */
export function createFetchPhotoTransport(
  memberId: string,
  send: typeof fetch = fetch.bind(globalThis),
): PhotoTransport {
  const member = { [UPLOAD_MEMBER]: memberId };
  const ask = async (sha: string, init: RequestInit, timeoutMs: number): Promise<Response | null> => {
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      return await send(`/api/photos/${sha}`, { ...init, credentials: 'same-origin', cache: 'no-store', signal });
    } catch {
      // Fetch says nothing more of a failure than that it failed.
      return null;
    }
  };
  const read = async (response: Response | null): Promise<PhotoAnswer> => {
    try {
      return response ? await readPhotoAnswer(response) : fault('offline');
    } catch {
      // Cut in the midst of the answer.
      return fault('offline');
    }
  };
  return {
    async head(sha, timeoutMs) {
      const response = await ask(sha, { method: 'HEAD', headers: member }, timeoutMs);
      // Whatever says that nothing is there: the first piece finds out who it was.
      if (response?.status === 404) return { type: 'none' };
      return read(response);
    },
    async patch({ sha, type, length, offset, bytes }: PhotoPiece, timeoutMs) {
      const upload = { [UPLOAD_LENGTH]: String(length), [UPLOAD_OFFSET]: String(offset) };
      const headers = { ...member, 'content-type': type, ...upload };
      const body = bytes.byteLength === 0 ? undefined : bytes;
      return read(await ask(sha, { method: 'PATCH', headers, body }, timeoutMs));
    },
  };
}
