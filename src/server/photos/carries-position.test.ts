import { expect, test } from 'vitest';
import { bytesOf, jpegWithExif } from '../../../tests/support/photo-bytes.ts';
import { carriesPosition } from './carries-position.ts';
import { looksLike } from './looks-like.ts';
import { readRange } from './send-photo.ts';

const u32 = (value: number, little = false): Buffer => {
  const bytes = Buffer.alloc(4);
  if (little) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
};
const chunk = (name: string, body: Buffer) => Buffer.concat([Buffer.from(name), u32(body.length, true), body]);
const box = (name: string, body: Buffer) => Buffer.concat([u32(body.length + 8), Buffer.from(name, 'latin1'), body]);
/** The block alone, as it stands behind `Exif` and two zeros. */
const tiffOf = (tag: 'position' | 'orientation') => jpegWithExif(tag).bytes.subarray(12, -2);
const webp = (...chunks: Buffer[]) => Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), ...chunks]);

test('a photo whose EXIF points to a place is found out, in either order of bytes; how it is turned is no place', () => {
  for (const big of [false, true]) {
    expect(carriesPosition('image/jpeg', jpegWithExif('position', big).bytes)).toBe(true);
    expect(carriesPosition('image/jpeg', jpegWithExif('orientation', big).bytes)).toBe(false);
  }
  expect(carriesPosition('image/jpeg', bytesOf('plain').bytes)).toBe(false);
});

test('a second picture behind the first is looked at too', () => {
  const two = Buffer.concat([bytesOf('first').bytes, jpegWithExif('position').bytes]);
  expect(carriesPosition('image/jpeg', two)).toBe(true);
});

test('an EXIF block that cannot be read counts as one with a place', () => {
  const { bytes } = jpegWithExif('orientation');
  for (let end = 13; end < bytes.length - 2; end++) {
    const cut = bytes.subarray(0, end);
    expect(carriesPosition('image/jpeg', cut), `cut at ${end}`).toBe(end < 12 + 22);
  }
});

test('a WebP is read by its chunks, with and without the letters before the block', () => {
  const exif = (tag: 'position' | 'orientation') =>
    webp(chunk('VP8 ', Buffer.alloc(3)), Buffer.alloc(1), chunk('EXIF', tiffOf(tag)));
  expect(carriesPosition('image/webp', exif('position'))).toBe(true);
  expect(carriesPosition('image/webp', exif('orientation'))).toBe(false);
  const lettered = chunk('EXIF', Buffer.concat([Buffer.from('Exif\0\0'), tiffOf('position')]));
  expect(carriesPosition('image/webp', webp(lettered))).toBe(true);
  expect(carriesPosition('image/webp', webp(chunk('VP8 ', Buffer.alloc(0)), u32(0xffffffff)))).toBe(false);
});

test('a place in XMP is found out', () => {
  const xmp = Buffer.from('<rdf:Description exif:GPSLatitude="30,14.5N"/>');
  expect(carriesPosition('image/webp', webp(chunk('XMP ', xmp)))).toBe(true);
  expect(carriesPosition('image/jpeg', Buffer.concat([bytesOf('xmp').bytes, xmp]))).toBe(true);
});

test('a recording is asked in what tells of it, not in its sound, where anything turns up by chance', () => {
  const place = Buffer.from('\xa9xyz+30.24+120.17/', 'latin1');
  const start = box('ftyp', Buffer.from('mp42'));
  expect(carriesPosition('audio/mp4', Buffer.concat([start, box('moov', box('udta', place))]))).toBe(true);
  expect(carriesPosition('audio/mp4', Buffer.concat([start, box('moov', Buffer.alloc(20)), box('mdat', place)]))).toBe(
    false,
  );
  expect(carriesPosition('audio/mp4', Buffer.concat([start, u32(0), Buffer.from('free')]))).toBe(false);
  expect(carriesPosition('audio/webm', bytesOf('said', 500, 'audio/webm').bytes)).toBe(false);
});

test('a file is what its first bytes say, whatever it is called', () => {
  const types = ['image/jpeg', 'image/webp', 'audio/webm', 'audio/mp4', 'audio/ogg'] as const;
  for (const is of types) {
    const { bytes } = bytesOf(is, 100, is);
    for (const called of types) expect(looksLike(called, bytes), `${is} called ${called}`).toBe(is === called);
    for (let length = 0; length < 3; length++) expect(looksLike(is, bytes.subarray(0, length))).toBe(false);
  }
});

test('a range that lies inside is served, and for every other the whole', () => {
  expect(readRange('bytes=0-0', 10)).toEqual({ from: 0, to: 0 });
  expect(readRange('bytes=4-99', 10)).toEqual({ from: 4, to: 9 });
  expect(readRange('bytes=-3', 10)).toEqual({ from: 7, to: 9 });
  expect(readRange('bytes=-30', 10)).toEqual({ from: 0, to: 9 });
  for (const odd of [
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=10-',
    'bytes=-0',
    'bytes=3-2',
    'bytes=1-2,4-5',
    'x=1-2',
  ]) {
    expect(readRange(odd, 10), odd).toBeNull();
  }
});
