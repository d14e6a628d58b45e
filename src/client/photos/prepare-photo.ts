import { drawPhoto, type DrawnPhoto, type PhotoOrder, type Surface } from './draw-photo.ts';
import type { Size } from './fit-size.ts';
import type { WorkerAnswer } from './photo-worker.ts';

const WORKER_MS = 30_000;

/** The photo as it is sent, and its small picture: in a worker where that has a canvas, else on the page. */
export async function preparePhoto(order: PhotoOrder): Promise<DrawnPhoto> {
  if (typeof OffscreenCanvas !== 'undefined' && typeof Worker !== 'undefined') {
    try {
      return await inWorker(order);
    } catch {
      // A browser that only half knows how; the page can do the same, if slower.
    }
  }
  return onPage(order);
}

function inWorker(order: PhotoOrder): Promise<DrawnPhoto> {
  const worker = new Worker(new URL('./photo-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<DrawnPhoto>((resolve, reject) => {
    const tooLong = setTimeout(() => reject(new Error('the worker does not answer')), WORKER_MS);
    worker.onmessage = (event: MessageEvent<WorkerAnswer>) => {
      clearTimeout(tooLong);
      if ('drawn' in event.data) resolve(event.data.drawn);
      else reject(new Error(event.data.failed));
    };
    worker.onerror = () => {
      clearTimeout(tooLong);
      reject(new Error('the worker does not start'));
    };
    worker.postMessage(order);
  }).finally(() => worker.terminate());
}

async function onPage({ file, strip }: PhotoOrder): Promise<DrawnPhoto> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    // Turned as its EXIF says: images of a page are.
    await image.decode();
    return await drawPhoto(image, { width: image.naturalWidth, height: image.naturalHeight }, strip, pageSurface);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function pageSurface({ width, height }: Size): Surface {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  const toJpeg = (quality: number): Promise<Blob> =>
    new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no JPEG'))), 'image/jpeg', quality);
    });
  return { pen, toJpeg };
}
