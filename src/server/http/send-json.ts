import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'hono';
import { acceptsEncoding } from './accepted-encoding.ts';

/** Below this the header of the encoding costs more than it saves. */
const WORTH_BYTES = 2048;

/** A long answer in JSON, compressed for phones that come without a proxy in between. */
export async function sendJson(c: Context, value: unknown): Promise<Response> {
  const text = JSON.stringify(value);
  const headers = { 'content-type': 'application/json', vary: 'accept-encoding' };
  if (text.length < WORTH_BYTES || !acceptsEncoding(c.req.header('accept-encoding'), 'gzip'))
    return c.body(text, 200, headers);
  const bytes = Uint8Array.from(await promisify(gzip)(text, { level: 4 }));
  return c.body(bytes, 200, { ...headers, 'content-encoding': 'gzip' });
}
