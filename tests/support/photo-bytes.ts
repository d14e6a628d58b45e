import { createHash } from 'node:crypto';
import type { MediaType } from '../../src/domain/photo/media.ts';

export interface Bytes {
  sha: string;
  type: MediaType;
  bytes: Buffer<ArrayBuffer>;
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const HEADS: Readonly<Record<MediaType, Buffer>> = {
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
  'image/webp': Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(4), Buffer.from('WEBPVP8 ')]),
  'audio/webm': Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f]),
  'audio/mp4': Buffer.concat([Buffer.from([0, 0, 0, 20]), Buffer.from('ftypmp42'), Buffer.alloc(8)]),
  'audio/ogg': Buffer.from('OggS\0'),
};

/** The same bytes for the same name: a head as its type has it, and noise of a length. */
export function bytesOf(name: string, length = 3000, type: MediaType = 'image/jpeg'): Bytes {
  const head = HEADS[type];
  const noise = Buffer.alloc(length - head.length);
  for (let at = 0; at < noise.length; at += 32) createHash('sha256').update(`${name}/${at}`).digest().copy(noise, at);
  return named(Buffer.concat([head, noise]), type);
}

export const named = (bytes: Buffer<ArrayBuffer>, type: MediaType = 'image/jpeg'): Bytes => ({
  sha: hashOf(bytes),
  type,
  bytes,
});

/** A JPEG with an EXIF block of one entry: where it was made, or how it is turned. */
export function jpegWithExif(tag: 'position' | 'orientation', big = false): Bytes {
  const tiff = Buffer.alloc(26);
  const short = (value: number, at: number) => (big ? tiff.writeUInt16BE(value, at) : tiff.writeUInt16LE(value, at));
  const long = (value: number, at: number) => (big ? tiff.writeUInt32BE(value, at) : tiff.writeUInt32LE(value, at));
  tiff.write(big ? 'MM' : 'II', 0, 'latin1');
  short(42, 2);
  long(8, 4);
  short(1, 8);
  short(tag === 'position' ? 0x8825 : 0x0112, 10);
  short(tag === 'position' ? 4 : 3, 12);
  long(1, 14);
  long(tag === 'position' ? 26 : 1, 18);
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const app1 = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return named(Buffer.concat([Buffer.from([0xff, 0xd8]), app1, exif, Buffer.from([0xff, 0xd9])]));
}
