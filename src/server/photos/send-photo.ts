import type { Context } from 'hono';
import type { PhotoTable } from '../db/schema.ts';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { inStore } from './in-store.ts';
import { sha256 } from './sha256.ts';

/** The bytes, or the part of them that was asked for: players of sound ask in parts. Who may is not decided here. */
export async function sendPhoto(deps: Dependencies, c: Context, { sha, type }: PhotoTable): Promise<Response> {
  const bytes = await inStore(deps, () => deps.photos.store.get(sha));
  // Read errors are rare and a hash is cheap: nobody is shown what nobody has taken.
  if (!bytes || sha256(bytes) !== sha) {
    deps.logger.error(bytes ? 'a photo in the store is damaged' : 'a photo is gone from the store');
    throw new HttpError('not_found');
  }
  const headers = {
    'content-type': type,
    'accept-ranges': 'bytes',
    // What a hash names never changes. Private: a proxy must not serve it to somebody else.
    'cache-control': 'private, max-age=31536000, immutable',
  };
  const part = readRange(c.req.header('range'), bytes.length);
  if (!part) return c.body(bytes, 200, headers);
  const range = `bytes ${part.from}-${part.to}/${bytes.length}`;
  return c.body(bytes.slice(part.from, part.to + 1), 206, { ...headers, 'content-range': range });
}

/** One range that lies inside; anything else is answered by the whole, as the rules of HTTP allow. */
export function readRange(header: string | undefined, length: number): { from: number; to: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,10})-(\d{0,10})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  return from <= to ? { from, to } : null;
}
