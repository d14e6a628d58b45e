import { timingSafeEqual } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono, type Context } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { hashToken } from '../auth/token-hash.ts';

const LOOPBACK = /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;
const LOCAL_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
/** Each says that a proxy on this machine asks for somebody elsewhere. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'];

/**
 * GET /metrics for Prometheus: with METRICS_TOKEN as bearer from anywhere, without one from this machine alone. For
 * everybody else there is no such address.
 */
export const metricsRoutes = (deps: Pick<Dependencies, 'metrics' | 'config'>): Hono =>
  new Hono().get('/metrics', async (c) => {
    if (!mayRead(deps.config.metricsToken, c)) throw new HttpError('not_found');
    c.header('cache-control', 'no-store');
    return c.body(await deps.metrics.registry.metrics(), 200, { 'content-type': deps.metrics.registry.contentType });
  });

function mayRead(token: string | null, c: Context): boolean {
  if (token === null) return isFromHere(c);
  const given = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
  // Hashes are of one length, so that comparing them takes one time.
  return timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hashToken(token)));
}

function isFromHere(c: Context): boolean {
  if (!c.env || !('incoming' in (c.env as object))) return false;
  return (
    LOOPBACK.test(getConnInfo(c).remote.address ?? '') &&
    LOCAL_NAME.test(c.req.header('host') ?? '') &&
    FORWARDED.every((name) => c.req.header(name) === undefined)
  );
}
