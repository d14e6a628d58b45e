import { ERROR_CODES, type ErrorCode } from '../../protocol/error-code.ts';

/** Thrown by a route; `app.onError` turns it into an ErrorBody. The message names no person and no record. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly issues: string[] | undefined;

  constructor(code: ErrorCode, options: { message?: string; retryAfterMs?: number; issues?: string[] } = {}) {
    super(options.message ?? code);
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.issues = options.issues;
  }

  get status(): (typeof ERROR_CODES)[ErrorCode] {
    return ERROR_CODES[this.code];
  }
}
