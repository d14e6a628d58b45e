import type { MiddlewareHandler } from 'hono';
import { HttpError } from './http-error.ts';

/** For addresses that exist under another method. Stands behind all routes of the application. */
export function methodNotAllowed(routes: readonly { method: string; path: string }[]): MiddlewareHandler {
  const patterns = routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => ({ method, pattern: toPattern(path) }));
  return async (c, next) => {
    const methods = patterns.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method);
    const get = c.req.method === 'HEAD' ? 'GET' : c.req.method;
    if (methods.length > 0 && !methods.includes(get)) {
      c.header('allow', [...new Set(methods)].join(', '));
      throw new HttpError('method_not_allowed');
    }
    await next();
  };
}

/** Hono's `:name` and `:name{regex}` stand for one piece of a path. */
const toPattern = (path: string): RegExp =>
  new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/:\w+(\{[^}]*\})?/g, '[^/]+')}$`);
