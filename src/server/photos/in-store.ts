import type { Dependencies } from '../dependencies.ts';
import { HttpError } from '../http/http-error.ts';
import { logFault } from '../sync/log-fault.ts';

const STORE_RETRY_MS = 10_000;

/** A store that does not answer is asked again later: the bytes stay where they are. */
export async function inStore<T>(deps: Pick<Dependencies, 'logger'>, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    logFault(deps.logger, 'the photo store does not answer', error);
    throw new HttpError('unavailable', { retryAfterMs: STORE_RETRY_MS });
  }
}
