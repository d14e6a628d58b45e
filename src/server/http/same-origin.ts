import type { MiddlewareHandler } from 'hono';
import type { Config } from '../config.ts';
import { HttpError } from './http-error.ts';

const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what another site's page sends along with our cookie. Our own pages send no referrer, so older browsers
 * say `Origin: null` for their forms: those stand on SameSite and on what the form asks for.
 */
export const sameOrigin =
  ({ publicUrl }: Pick<Config, 'publicUrl'>): MiddlewareHandler =>
  (c, next) => {
    if (!SAFE.includes(c.req.method) && isForeign(c.req.header('sec-fetch-site'), c.req.header('origin'))) {
      throw new HttpError('forbidden');
    }
    return next();

    function isForeign(site: string | undefined, origin: string | undefined): boolean {
      if (site) return site !== 'same-origin' && site !== 'none';
      if (!origin || origin === 'null') return false;
      return origin !== publicUrl && URL.parse(origin)?.host !== c.req.header('host');
    }
  };
