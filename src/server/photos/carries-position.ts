import type { MediaType } from '../../domain/photo/media.ts';

const EXIF = Buffer.from('Exif\0\0', 'latin1');
const XMP_GPS = Buffer.from('exif:GPS', 'latin1');
/** `©xyz` of QuickTime, `loci` of 3GPP, and Apple's key. */
const MP4_PLACES = ['\xa9xyz', 'loci', 'com.apple.quicktime.location'].map((text) => Buffer.from(text, 'latin1'));
const GPS_TAG = 0x8825;

/**
 * Does the file say where it was made? Phones make photos anew, without it; whatever still has it came past them,
 * and where somebody lives is not for storing. An EXIF block that cannot be read counts as one that has it.
 */
export function carriesPosition(type: MediaType, bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (type) {
    case 'image/jpeg':
      return buffer.includes(XMP_GPS) || exifBlocks(buffer).some(pointsToGps);
    case 'image/webp':
      return buffer.includes(XMP_GPS) || [...exifBlocks(buffer), ...webpExif(buffer)].some(pointsToGps);
    case 'audio/mp4':
      return mp4Boxes(buffer).some((box) => MP4_PLACES.some((place) => box.includes(place)));
    default:
      return false;
  }
}

/** Wherever one begins, also in what hangs behind the picture: a second one, or the film of a moving photo. */
function exifBlocks(buffer: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = buffer.indexOf(EXIF); at >= 0; at = buffer.indexOf(EXIF, at + 1)) {
    blocks.push(buffer.subarray(at + EXIF.length));
  }
  return blocks;
}

/** WebP keeps it in a chunk of its own, mostly without the six letters before. */
function webpExif(buffer: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 12; at + 8 <= buffer.length;) {
    const size = buffer.readUInt32LE(at + 4);
    const block = buffer.subarray(at + 8, at + 8 + size);
    const isExif = buffer.toString('latin1', at, at + 4) === 'EXIF';
    if (isExif && !block.subarray(0, EXIF.length).equals(EXIF)) blocks.push(block);
    at += 8 + size + (size % 2);
  }
  return blocks;
}

function pointsToGps(tiff: Buffer): boolean {
  const order = tiff.toString('latin1', 0, 2);
  if ((order !== 'II' && order !== 'MM') || tiff.length < 8) return true;
  const [short, long] =
    order === 'II'
      ? [(at: number) => tiff.readUInt16LE(at), (at: number) => tiff.readUInt32LE(at)]
      : [(at: number) => tiff.readUInt16BE(at), (at: number) => tiff.readUInt32BE(at)];
  const first = long(4);
  if (short(2) !== 42 || first + 2 > tiff.length) return true;
  const end = first + 2 + short(first) * 12;
  if (end > tiff.length) return true;
  for (let entry = first + 2; entry < end; entry += 12) if (short(entry) === GPS_TAG) return true;
  return false;
}

/** The boxes that tell of the recording, without the recording itself: in that, any four bytes turn up by chance. */
function mp4Boxes(buffer: Buffer): Buffer[] {
  const boxes: Buffer[] = [];
  for (let at = 0; at + 8 <= buffer.length;) {
    const size = buffer.readUInt32BE(at);
    const end = size < 8 ? buffer.length : at + size;
    if (buffer.toString('latin1', at + 4, at + 8) !== 'mdat') boxes.push(buffer.subarray(at, end));
    at = end;
  }
  return boxes;
}
