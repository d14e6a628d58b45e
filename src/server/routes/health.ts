import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { limitByAddress } from '../http/rate-limit.ts';

/** Several that watch it may come through one address, each every second; whoever asks without end asks the disk as well. */
const RATE = { burst: 60, perSecond: 5 };

/**
 * GET /healthz: 200 while the server takes requests, its database answers, and what is written reaches the disk. After
 * a write that failed for want of room each look tries one, until it comes through.
 */
export const healthRoutes = (deps: Dependencies): Hono =>
  new Hono().get('/healthz', limitByAddress(deps, 'health', RATE), async (c) => {
    await deps.db.selectFrom('server').select('epoch').where('id', '=', 1).executeTakeFirstOrThrow();
    if (!(await deps.disk.isWritable())) {
      throw new HttpError('unavailable', { retryAfterMs: 5000, issues: ['disk: full, or not to be written'] });
    }
    c.header('cache-control', 'no-store');
    return c.json({ status: 'ok' as const });
  });
