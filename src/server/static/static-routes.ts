import { Hono, type Context } from 'hono';
import { acceptedEncoding } from '../http/accepted-encoding.ts';
import { HttpError } from '../http/http-error.ts';
import type { StaticFile } from './static-files.ts';

/** The pages of the application, all of them index.html: anything else is not found, and says so. */
const APP_PAGE = /^\/(door|slip|log|records|attention|notices|wall|claims|desk|admin|me|signin|setup|join)?(\/[^.]*)?$/;

const YEAR = 'public, max-age=31536000, immutable';

/** GET of what Vite has built, compressed and with the caching that its name allows. */
export function staticRoutes(files: ReadonlyMap<string, StaticFile>): Hono {
  return new Hono().get('*', (c) => {
    const { path } = c.req;
    const file = files.get(path) ?? (APP_PAGE.test(path) ? files.get('/index.html') : undefined);
    if (!file) throw new HttpError('not_found');
    return answer(c, file);
  });
}

function answer(c: Context, file: StaticFile): Response {
  const headers = {
    'content-type': file.type,
    // "no-cache" is: keep it, but ask each time whether it is still the newest.
    'cache-control': file.immutable ? YEAR : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
  };
  if (
    c.req
      .header('if-none-match')
      ?.split(',')
      .some((tag) => tag.trim().replace(/^W\//, '') === file.etag)
  ) {
    return c.body(null, 304, headers);
  }
  const encoding = acceptedEncoding(c.req.header('accept-encoding'));
  const encoded = encoding && file.encoded.get(encoding);
  return encoded
    ? c.body(encoded, 200, { ...headers, 'content-encoding': encoding })
    : c.body(file.bytes, 200, headers);
}
