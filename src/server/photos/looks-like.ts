import type { MediaType } from '../../domain/photo/media.ts';

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

/** How files of a type begin: bytes at a place. */
const SIGNS: Readonly<Record<MediaType, readonly (readonly [at: number, bytes: readonly number[]])[]>> = {
  'image/jpeg': [[0, [0xff, 0xd8, 0xff]]],
  'image/webp': [
    [0, ascii('RIFF')],
    [8, ascii('WEBP')],
  ],
  'audio/webm': [[0, [0x1a, 0x45, 0xdf, 0xa3]]],
  'audio/mp4': [[4, ascii('ftyp')]],
  'audio/ogg': [[0, ascii('OggS')]],
};

/** Do the bytes begin as a file of this type does? What they are called is what they are served as. */
export const looksLike = (type: MediaType, bytes: Uint8Array): boolean =>
  SIGNS[type].every(([at, sign]) => sign.every((byte, n) => bytes[at + n] === byte));

/** What they begin as; null where nobody could have brought such bytes. */
export const typeOf = (bytes: Uint8Array): MediaType | null =>
  (Object.keys(SIGNS) as MediaType[]).find((type) => looksLike(type, bytes)) ?? null;
