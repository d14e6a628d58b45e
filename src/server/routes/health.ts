import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';

/** GET /healthz: 200 while the server takes requests and its database answers. */
export const healthRoutes = (deps: Pick<Dependencies, 'db' | 'stopping'>): Hono =>
  new Hono().get('/healthz', async (c) => {
    if (deps.stopping.aborted) throw new HttpError('unavailable');
    await deps.db.selectFrom('server').select('epoch').where('id', '=', 1).executeTakeFirstOrThrow();
    c.header('cache-control', 'no-store');
    return c.json({ status: 'ok' as const });
  });
