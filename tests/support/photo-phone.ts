import type { AddedMedia } from '../../src/domain/photo/media-args.ts';
import { isPhotoType, type MediaStage } from '../../src/domain/photo/media.ts';
import type { MutationDraft } from '../../src/domain/mutation/mutator.ts';
import { gridSpace } from '../../src/domain/space/space.ts';
import type { Bytes } from './photo-bytes.ts';

/** Anything that answers requests: an application in this process, or one behind a socket. */
export type Ask = (path: string, init: RequestInit) => Response | Promise<Response>;

export interface Told {
  status: number;
  offset: number;
  complete: boolean;
}

const toldBy = async (response: Response): Promise<Told> => {
  await response.arrayBuffer();
  return {
    status: response.status,
    offset: Number(response.headers.get('upload-offset') ?? -1),
    complete: response.headers.get('upload-complete') === '?1',
  };
};

/** How a phone brings bytes: each call is one request. */
export function photoPhone(ask: Ask, cookie: string) {
  const head = async ({ sha }: Pick<Bytes, 'sha'>) =>
    toldBy(await ask(`/api/photos/${sha}`, { method: 'HEAD', headers: { cookie } }));
  const patch = async (whole: Bytes, from = 0, to = whole.bytes.length, headers: Record<string, string> = {}) =>
    toldBy(
      await ask(`/api/photos/${whole.sha}`, {
        method: 'PATCH',
        headers: {
          cookie,
          'content-type': whole.type,
          'upload-offset': String(from),
          'upload-length': String(whole.bytes.length),
          ...headers,
        },
        body: whole.bytes.subarray(from, to),
      }),
    );
  const get = async (sha: string, headers: Record<string, string> = {}) =>
    ask(`/api/photos/${sha}`, { headers: { cookie, ...headers } });
  return { head, patch, get };
}

/** What a mutation says of these bytes. */
export const mediaOfBytes = ({ sha, type, bytes }: Bytes, stage: MediaStage = 'logged', thumb?: Bytes): AddedMedia => {
  const known = { sha, size: bytes.length, stage, takenAt: 1_790_000_000_000 };
  if (!isPhotoType(type)) return { ...known, kind: 'sound', type, seconds: 12 };
  const small =
    thumb && isPhotoType(thumb.type) ? { sha: thumb.sha, type: thumb.type, size: thumb.bytes.length } : null;
  return { ...known, kind: 'photo', type, width: 1600, height: 1200, thumb: small };
};

export const addMediaDraft = (gridId: string, id: string, ...media: readonly AddedMedia[]): MutationDraft => ({
  space: gridSpace(gridId),
  name: 'ticket.addMedia',
  v: 1,
  args: { id, media },
});
