import type { AddedMedia } from '../../domain/photo/media-args.ts';
import type { MediaStage, SoundType } from '../../domain/photo/media.ts';
import type { MediaBytes } from '../../sync/engine-api.ts';
import type { DrawnPhoto } from './draw-photo.ts';

/** Taken and not saved yet: what a mutation will say of it, and the bytes that it names. */
export interface TakenMedia {
  media: AddedMedia;
  files: readonly MediaBytes[];
}

/** SHA-256, hex: the name of the bytes everywhere. */
export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export async function takenPhoto(
  { bytes, thumb, width, height }: DrawnPhoto,
  stage: MediaStage,
  takenAt: number,
): Promise<TakenMedia> {
  const type = 'image/jpeg';
  const [sha, thumbSha] = await Promise.all([sha256(bytes), sha256(thumb)]);
  const small = { sha: thumbSha, type, size: thumb.byteLength } as const;
  const size = bytes.byteLength;
  return {
    media: { kind: 'photo', sha, type, size, width, height, thumb: small, stage, takenAt },
    files: [
      { sha: thumbSha, type, bytes: thumb },
      { sha, type, bytes },
    ],
  };
}

export async function takenSound(
  bytes: ArrayBuffer,
  type: SoundType,
  seconds: number,
  stage: MediaStage,
  takenAt: number,
): Promise<TakenMedia> {
  const sha = await sha256(bytes);
  return {
    media: { kind: 'sound', sha, type, size: bytes.byteLength, seconds, stage, takenAt },
    files: [{ sha, type, bytes }],
  };
}
