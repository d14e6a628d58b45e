import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TEXT = /\.(css|html|js|json|svg|txt|webmanifest)$/;
/** Below this a packet is a packet, compressed or not. */
const WORTH_BYTES = 512;

/** Puts a `.br` and a `.gz` beside each text of a built folder, so that no server has to make them at its start. */
export async function compressFiles(dir: string): Promise<void> {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) => TEXT.test(path));
  await Promise.all(paths.map((path) => compressFile(join(dir, path))));
}

async function compressFile(path: string): Promise<void> {
  const bytes = await readFile(path);
  if (bytes.length < WORTH_BYTES) return;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, { params }));
  await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
