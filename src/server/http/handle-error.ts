import type { ErrorHandler, NotFoundHandler } from 'hono';
import type { ErrorBody } from '../../protocol/error-code.ts';
import { DatabaseFault } from '../db/database-fault.ts';
import type { Dependencies } from '../dependencies.ts';
import { logFault } from '../sync/log-fault.ts';
import { HttpError } from './http-error.ts';

const BUSY = /^SQLITE_BUSY|database is locked/;

/** Every error becomes an ErrorBody with a code of the closed list: no stack, nothing of what was sent. */
export const handleError =
  (deps: Pick<Dependencies, 'logger'>): ErrorHandler =>
  (error, c) => {
    const known = toHttpError(error);
    if (known.code === 'internal') logFault(deps.logger, 'a request failed', error);
    const { code, message, retryAfterMs, issues } = known;
    const body: ErrorBody = { error: { code, message, retryAfterMs, issues } };
    if (retryAfterMs) c.header('retry-after', String(Math.ceil(retryAfterMs / 1000)));
    c.header('cache-control', 'no-store');
    return c.json(body, known.status);
  };

export const handleNotFound: NotFoundHandler = (c) => {
  c.header('cache-control', 'no-store');
  return c.json({ error: { code: 'not_found', message: 'not_found' } } satisfies ErrorBody, 404);
};

function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const busy = error instanceof Error && BUSY.test(error.message);
  if (busy || error instanceof DatabaseFault) return new HttpError('unavailable', { retryAfterMs: 2000 });
  return new HttpError('internal');
}
