import type { Context, ErrorHandler, NotFoundHandler } from 'hono';
import type { ErrorBody } from '../../protocol/error-code.ts';
import { faultKind, isPassing } from '../db/database-fault.ts';
import type { Dependencies } from '../dependencies.ts';
import { logFault } from '../sync/log-fault.ts';
import { errorPage } from './error-page.ts';
import { HttpError } from './http-error.ts';

/** Every error becomes an ErrorBody with a code of the closed list: no stack, nothing of what was sent. */
export const handleError =
  (deps: Pick<Dependencies, 'logger' | 'disk'>): ErrorHandler =>
  (error, c) => {
    deps.disk.note(error);
    const known = toHttpError(error);
    if (known.code === 'internal' || faultKind(error) !== null) logFault(deps.logger, 'a request failed', error);
    const { code, message, retryAfterMs, issues } = known;
    const body: ErrorBody = { error: { code, message, retryAfterMs, issues } };
    if (retryAfterMs) c.header('retry-after', String(Math.ceil(retryAfterMs / 1000)));
    c.header('cache-control', 'no-store');
    return isForPerson(c) ? c.html(errorPage(code), known.status) : c.json(body, known.status);
  };

export const handleNotFound: NotFoundHandler = (c) => {
  c.header('cache-control', 'no-store');
  return c.json({ error: { code: 'not_found', message: 'not_found' } } satisfies ErrorBody, 404);
};

/** A browser that opens an address by itself, not our own program behind /api. */
const isForPerson = (c: Context): boolean =>
  !c.req.path.startsWith('/api/') && (c.req.header('accept') ?? '').includes('text/html');

function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (isPassing(error)) return new HttpError('unavailable', { retryAfterMs: 2000 });
  return new HttpError('internal');
}
