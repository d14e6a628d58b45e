import type { Context } from 'hono';
import { HttpError } from './http-error.ts';

/** The whole body, given up on as soon as it is longer than allowed, whatever its header says. */
export async function readBody(c: Context, maxBytes: number): Promise<Uint8Array> {
  if (Number(c.req.header('content-length') ?? 0) > maxBytes) throw new HttpError('too_large');
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
