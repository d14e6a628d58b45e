import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';

/**
 * GET /healthz: 200 while the server takes requests, its database answers, and what is written reaches the disk. After
 * a write that failed for want of room each look tries one, until it comes through.
 */
export const healthRoutes = (deps: Pick<Dependencies, 'db' | 'disk'>): Hono =>
  new Hono().get('/healthz', async (c) => {
    await deps.db.selectFrom('server').select('epoch').where('id', '=', 1).executeTakeFirstOrThrow();
    if (!(await deps.disk.isWritable())) {
      throw new HttpError('unavailable', { retryAfterMs: 5000, issues: ['disk: full, or not to be written'] });
    }
    c.header('cache-control', 'no-store');
    return c.json({ status: 'ok' as const });
  });
