import { promisify } from 'node:util';
import { constants, gzip, zstdCompress } from 'node:zlib';
import type { Context } from 'hono';
import { acceptsEncoding } from './accepted-encoding.ts';

/** Below this the header of the encoding costs more than it saves. */
const WORTH_BYTES = 2048;
const ZSTD = { [constants.ZSTD_c_compressionLevel]: 1 };

/** From here on memory is given back by hand. */
const LARGE_BYTES = 64 * 1024;

/** A short answer goes as text: Node sends it together with its head. */
export async function sendJson(c: Context, value: unknown): Promise<Response> {
  const text = JSON.stringify(value);
  const type = 'application/json';
  if (text.length < WORTH_BYTES) return c.body(text, 200, { 'content-type': type });
  return sendParts(c, [Buffer.from(text)], type);
}

/** A long answer, compressed for phones that come without a proxy in between; large parts are gone afterwards. */
export async function sendParts(c: Context, parts: readonly Uint8Array[], type: string): Promise<Response> {
  const headers = { 'content-type': type };
  const bytes = Buffer.concat(parts);
  parts.forEach(giveBack);
  if (bytes.length < WORTH_BYTES) return c.body(bytes, 200, headers);
  const packed = await pack(bytes, c.req.header('accept-encoding'));
  if (packed === null) return c.body(bytes, 200, headers);
  giveBack(bytes);
  return c.body(Uint8Array.from(packed.bytes), 200, { ...headers, 'content-encoding': packed.encoding });
}

/** Parts that are packed already, one behind the other. */
export const sendPacked = (c: Context, parts: readonly Uint8Array[], type: string): Response =>
  c.body(Buffer.concat(parts), 200, { 'content-type': type });

async function pack(bytes: Uint8Array, accepted?: string): Promise<{ bytes: Uint8Array; encoding: string } | null> {
  // A third of the time for a smaller answer, where the phone's browser is new enough.
  if (acceptsEncoding(accepted, 'zstd')) {
    return { bytes: await promisify(zstdCompress)(bytes, { params: ZSTD }), encoding: 'zstd' };
  }
  if (!acceptsEncoding(accepted, 'gzip')) return null;
  return { bytes: await promisify(gzip)(bytes, { level: 4 }), encoding: 'gzip' };
}

/**
 * Left to the collector, megabytes beside the heap make it go through the whole of it again and again: as much work as
 * all the rest of a long pull.
 */
export function giveBack({ buffer, length }: Uint8Array): void {
  if (length >= LARGE_BYTES && length === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
