import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Dependencies } from '../dependencies.ts';

/** One line a request: the pattern of its route, never its address, for that may hold a code. */
export const requestLog =
  ({ logger }: Pick<Dependencies, 'logger'>): MiddlewareHandler =>
  async (c, next) => {
    const start = performance.now();
    await next();
    const ms = Math.round(performance.now() - start);
    logger.info({ method: c.req.method, route: patternOf(c), status: c.res.status, ms }, 'request');
  };

/** The route that a request was meant for; `*` where it was meant for a file or for nothing. */
const patternOf = (c: Context): string => matchedRoutes(c).find(({ method }) => method !== 'ALL')?.path ?? '*';
