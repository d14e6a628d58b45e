import type { Page } from '@playwright/test';

/** EXIF of a phone that was held upright: turn by a quarter, and where it was: 30.25° N, 120.17° E. */
function exif(): Buffer {
  const tiff = Buffer.alloc(140);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  tiff.writeUInt16LE(2, 8);
  entry(10, 0x0112, 3, 1, 6);
  entry(22, 0x8825, 4, 1, 38);
  tiff.writeUInt16LE(4, 38);
  entry(40, 1, 2, 2, 'N'.charCodeAt(0));
  entry(52, 2, 5, 3, 92);
  entry(64, 3, 2, 2, 'E'.charCodeAt(0));
  entry(76, 4, 5, 3, 116);
  [30, 1, 15, 1, 0, 1, 120, 1, 10, 1, 12, 1].forEach((number, n) => tiff.writeUInt32LE(number, 92 + 4 * n));
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  return Buffer.concat([Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 0xff]), body]);
}

/** A photo as a camera makes it: large, lying on its side, and saying where it was taken. */
export async function shoot(page: Page, name: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const base64 = await page.evaluate((seed) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [2000, 1400];
    const pen = canvas.getContext('2d')!;
    let state = [...seed].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
    const next = (): number => (state = (state * 1_664_525 + 1_013_904_223) >>> 0) / 2 ** 32;
    for (let n = 0; n < 30_000; n++) {
      pen.fillStyle = `hsl(${next() * 360} 70% ${next() * 100}%)`;
      pen.fillRect(next() * 2000, next() * 1400, 4 + next() * 30, 4 + next() * 30);
    }
    return canvas.toDataURL('image/jpeg', 0.92).split(',')[1] ?? '';
  }, name);
  const plain = Buffer.from(base64, 'base64');
  const buffer = Buffer.concat([plain.subarray(0, 2), exif(), plain.subarray(2)]);
  return { name: `${name}.jpg`, mimeType: 'image/jpeg', buffer };
}

/** What people photograph: bushes with all their leaves, a yard at night with the noise of a small sensor. */
type Scene = 'garden' | 'night';

/** Twelve megapixels as a phone's camera makes them, of some 4 MB. */
export async function shootScene(
  page: Page,
  scene: Scene,
): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const base64 = await page.evaluate((what) => {
    const [width, height] = [4000, 3000];
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const pen = canvas.getContext('2d')!;
    let state = 7;
    const next = (): number => (state = (state * 1_664_525 + 1_013_904_223) >>> 0) / 2 ** 32;
    const light = pen.createLinearGradient(0, 0, width, height);
    light.addColorStop(0, what === 'night' ? '#111' : '#d8d0c0');
    light.addColorStop(1, what === 'night' ? '#333' : '#6d675c');
    pen.fillStyle = light;
    pen.fillRect(0, 0, width, height);
    for (let n = what === 'garden' ? 12_000 : 0; n > 0; n--) {
      const long = 20 + next() * 90;
      pen.fillStyle = `hsl(${80 + next() * 60} ${20 + next() * 30}% ${20 + next() * 60}%)`;
      pen.beginPath();
      pen.ellipse(next() * width, next() * height, long, long / 3, next() * 3, 0, 7);
      pen.fill();
    }
    const grain = document.createElement('canvas');
    [grain.width, grain.height] = [512, 512];
    const dots = new ImageData(512, 512);
    for (let at = 0; at < dots.data.length; at += 4) {
      dots.data.fill(next() * 255, at, at + 3);
      dots.data[at + 3] = what === 'night' ? 30 : 18;
    }
    grain.getContext('2d')!.putImageData(dots, 0, 0);
    pen.fillStyle = pen.createPattern(grain, 'repeat')!;
    pen.fillRect(0, 0, width, height);
    return canvas.toDataURL('image/jpeg', 0.92).split(',')[1] ?? '';
  }, scene);
  return { name: `${scene}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from(base64, 'base64') };
}
