import type { Context } from 'hono';
import { HttpError } from './http-error.ts';

/** The whole body, given up on as soon as it is longer than allowed, whatever its header says. */
export async function readBody(c: Context, maxBytes: number): Promise<Uint8Array> {
  const announced = c.req.header('content-length') ?? '';
  if (Number(announced) > maxBytes) throw new HttpError('too_large');
  if (/^\d+$/.test(announced)) return readAnnounced(c, maxBytes);
  const body = c.req.raw.body;
  if (!body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > maxBytes) throw new HttpError('too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** No more comes than was announced: the parser of HTTP sees to it. Read at once it takes no stream. */
async function readAnnounced(c: Context, maxBytes: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (bytes.length > maxBytes) throw new HttpError('too_large');
  return bytes;
}
