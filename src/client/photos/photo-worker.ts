import { drawPhoto, type DrawnPhoto, type PhotoOrder, type Surface } from './draw-photo.ts';
import type { Size } from './fit-size.ts';
import { readBitmap } from './read-bitmap.ts';

export type WorkerAnswer = { drawn: DrawnPhoto } | { failed: string };

function offscreen({ width, height }: Size): Surface {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  return { pen, toJpeg: (quality) => canvas.convertToBlob({ type: 'image/jpeg', quality }) };
}

async function draw({ file, strip }: PhotoOrder): Promise<DrawnPhoto> {
  const bitmap = await readBitmap(file);
  try {
    return await drawPhoto(bitmap, bitmap, strip, offscreen);
  } finally {
    bitmap.close();
  }
}

self.onmessage = (event: MessageEvent<PhotoOrder>) => {
  draw(event.data).then(
    (drawn) => self.postMessage({ drawn } satisfies WorkerAnswer, { transfer: [drawn.bytes, drawn.thumb] }),
    (error: unknown) => self.postMessage({ failed: String(error) } satisfies WorkerAnswer),
  );
};
