import { Hono } from 'hono';
import type { Dependencies } from '../dependencies.ts';

/** GET /healthz: 200 while the server takes requests and its database answers. */
export const healthRoutes = (deps: Pick<Dependencies, 'db'>): Hono =>
  new Hono().get('/healthz', async (c) => {
    await deps.db.selectFrom('server').select('epoch').where('id', '=', 1).executeTakeFirstOrThrow();
    c.header('cache-control', 'no-store');
    return c.json({ status: 'ok' as const });
  });
