import { expect, test } from 'vitest';
import { drawPhoto, type NewSurface } from './draw-photo.ts';
import type { Size } from './fit-size.ts';

interface Drawn {
  size: Size;
  words: string[];
  qualities: number[];
}

/** A canvas that only notes what is done to it, and whose JPEG has so many bytes for each unit of quality. */
function canvases(bytesFor: (quality: number, size: Size) => number, type = 'image/jpeg') {
  const drawn: Drawn[] = [];
  const newSurface: NewSurface = (size) => {
    const one: Drawn = { size, words: [], qualities: [] };
    drawn.push(one);
    const pen = {
      fillRect: () => undefined,
      drawImage: () => undefined,
      fillText: (words: string) => void one.words.push(words),
    } as unknown as CanvasRenderingContext2D;
    return {
      pen,
      toJpeg: (quality) => {
        one.qualities.push(quality);
        return Promise.resolve(new Blob([new Uint8Array(bytesFor(quality, size))], { type }));
      },
    };
  };
  return { drawn, newSurface };
}

const SOURCE = {} as CanvasImageSource;
const FROM = { width: 4000, height: 3000 };

test('a busy photo is made coarser until it is small enough, a plain one stays as it is', async () => {
  const busy = canvases((quality, { width }) => Math.round(quality * (width === 1600 ? 700_000 : 20_000)));
  const { bytes, width, height } = await drawPhoto(SOURCE, FROM, [], busy.newSurface);
  expect([width, height]).toEqual([1600, 1200]);
  expect(bytes.byteLength).toBeLessThanOrEqual(406_000);
  expect(busy.drawn[0]?.qualities.length).toBeGreaterThan(1);

  const plain = canvases(() => 9000);
  await drawPhoto(SOURCE, FROM, [], plain.newSurface);
  expect(plain.drawn.map(({ qualities }) => qualities.length)).toEqual([1, 1]);
});

test('the 水印 stands on the photo and not on its small picture', async () => {
  const { drawn, newSurface } = canvases(() => 9000);
  await drawPhoto(SOURCE, FROM, ['11月23日 周一 09:00', '凤凰苑 3幢'], newSurface);
  expect(drawn.map(({ words }) => words)).toEqual([['11月23日 周一 09:00', '凤凰苑 3幢'], []]);
});

test('a browser that makes no JPEG, or none that the server takes, is not believed', async () => {
  await expect(drawPhoto(SOURCE, FROM, [], canvases(() => 9000, 'image/png').newSurface)).rejects.toThrow();
  await expect(drawPhoto(SOURCE, FROM, [], canvases(() => 3_000_000).newSurface)).rejects.toThrow();
});
