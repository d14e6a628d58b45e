import type { MiddlewareHandler } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from './http-error.ts';

/** A stopping server finishes what it has begun. What still comes over an open connection is asked to come again. */
export const whileStopping =
  ({ stopping }: Pick<Dependencies, 'stopping'>): MiddlewareHandler =>
  async (c, next) => {
    if (stopping.aborted) {
      c.header('connection', 'close');
      throw new HttpError('unavailable', { retryAfterMs: 5000 });
    }
    await next();
    if (stopping.aborted) c.res.headers.set('connection', 'close');
  };
