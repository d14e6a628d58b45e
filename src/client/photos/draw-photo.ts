import { PHOTO_MAX_BYTES, THUMB_MAX_BYTES } from '../../domain/photo/media.ts';
import { fitSize, LONGEST, THUMB_LONGEST, type Size } from './fit-size.ts';

export interface PhotoOrder {
  file: Blob;
  /** Lines of the 水印; empty: none. */
  strip: readonly string[];
}

export interface DrawnPhoto extends Size {
  bytes: ArrayBuffer;
  thumb: ArrayBuffer;
}

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A canvas of a worker, or of the page where workers have none. */
export interface Surface {
  pen: Pen;
  toJpeg(quality: number): Promise<Blob>;
}
export type NewSurface = (size: Size) => Surface;

/** What a photo of 1600 px needs at most to read a meter or a crack in a wall. */
const AIM_BYTES = 400_000;
/** A list of many is on the screen before it is read. */
const THUMB_AIM_BYTES = 16_000;
const QUALITIES = [0.82, 0.7, 0.58, 0.45, 0.3];

/**
 * Draws it anew, turned as it was held and no larger than needed. Only what is seen goes on: place, camera and time
 * stay behind with the file.
 */
export async function drawPhoto(
  source: CanvasImageSource,
  from: Size,
  strip: readonly string[],
  newSurface: NewSurface,
): Promise<DrawnPhoto> {
  const size = fitSize(from, LONGEST);
  const whole = paint(source, size, newSurface);
  if (strip.length > 0) drawStrip(whole.pen, size, strip);
  const bytes = await smallest(whole, AIM_BYTES, PHOTO_MAX_BYTES);
  const thumb = await smallest(
    paint(source, fitSize(from, THUMB_LONGEST), newSurface),
    THUMB_AIM_BYTES,
    THUMB_MAX_BYTES,
  );
  return { ...size, bytes, thumb };
}

function paint(source: CanvasImageSource, { width, height }: Size, newSurface: NewSurface): Surface {
  const surface = newSurface({ width, height });
  // What is see-through would turn black in a JPEG.
  surface.pen.fillStyle = '#fff';
  surface.pen.fillRect(0, 0, width, height);
  surface.pen.imageSmoothingQuality = 'high';
  surface.pen.drawImage(source, 0, 0, width, height);
  return surface;
}

async function smallest(surface: Surface, aim: number, most: number): Promise<ArrayBuffer> {
  let blob: Blob | null = null;
  for (const quality of QUALITIES) {
    blob = await surface.toJpeg(quality);
    if (blob.size <= aim) break;
  }
  if (!blob || blob.type !== 'image/jpeg' || blob.size > most) throw new Error('no JPEG of a size that can be sent');
  return blob.arrayBuffer();
}

function drawStrip(pen: Pen, { width, height }: Size, lines: readonly string[]): void {
  const text = Math.max(14, Math.round(Math.min(width, height) / 38));
  const line = Math.round(text * 1.45);
  const tall = line * lines.length + text;
  pen.fillStyle = 'rgb(0 0 0 / 0.5)';
  pen.fillRect(0, height - tall, width, tall);
  pen.fillStyle = '#fff';
  pen.font = `${text}px sans-serif`;
  pen.textBaseline = 'top';
  lines.forEach((words, n) => {
    pen.fillText(words, text, height - tall + text / 2 + n * line, width - 2 * text);
  });
}
