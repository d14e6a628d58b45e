import type { Context, MiddlewareHandler } from 'hono';
import type { Dependencies } from '../dependencies.ts';
import { clientAddress } from './client-address.ts';
import { HttpError } from './http-error.ts';
import type { Rate } from './rate-limiter.ts';

/** Throws `rate_limited` where `key` has used up what `name` allows. */
export function takeOrThrow(deps: Dependencies, name: string, key: string, rate: Rate): void {
  const retryAfterMs = deps.limiter.take(`${name}\n${key}`, rate);
  if (retryAfterMs > 0) throw new HttpError('rate_limited', { retryAfterMs });
}

/** A limit by address, for what needs no session. Many phones share one address behind a mobile network: keep it wide. */
export const limitByAddress =
  (deps: Dependencies, name: string, rate: Rate): MiddlewareHandler =>
  (c: Context, next) => {
    takeOrThrow(deps, name, clientAddress(deps.config, c), rate);
    return next();
  };
