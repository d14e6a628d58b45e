import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Dependencies } from '../dependencies.ts';

/** One line a request: the pattern of its route, never its address, for that may hold a code. */
export const requestLog =
  ({ logger }: Pick<Dependencies, 'logger'>): MiddlewareHandler =>
  async (c, next) => {
    const start = performance.now();
    await next();
    const ms = Math.round(performance.now() - start);
    logger.info({ method: c.req.method, route: routePath(c, -1), status: c.res.status, ms }, 'request');
  };
