import type { ErrorCode } from '../../protocol/error-code.ts';
import { requestJson } from './request-json.ts';

const TIMEOUT_MS = 20_000;

/** Why a request did not do what it was asked: a code of ours, no answer, or an answer that is not ours. */
export type ApiErrorCode = ErrorCode | 'offline' | 'not_doorstep';

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  readonly retryAfterMs: number | null;
  /** Which fields did not fit, where the server says so. */
  readonly issues: readonly string[];

  constructor(code: ApiErrorCode, retryAfterMs: number | null = null, issues: readonly string[] = []) {
    super(code);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.issues = issues;
  }
}

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await requestJson(method, path, body, TIMEOUT_MS);
  switch (answer.type) {
    case 'ok':
      return answer.body;
    case 'error':
      throw new ApiError(answer.code, answer.retryAfterMs, answer.issues);
    case 'offline':
      throw new ApiError('offline');
    case 'foreign':
      throw new ApiError(answer.status >= 500 ? 'unavailable' : 'not_doorstep', answer.retryAfterMs);
  }
}

/** What is asked over HTTP because it does not lie on the device. Paths begin with /api; answers are parsed by the caller. */
export const api = {
  get: (path: string): Promise<unknown> => call('GET', path),
  post: (path: string, body: unknown): Promise<unknown> => call('POST', path, body),
  patch: (path: string, body: unknown): Promise<unknown> => call('PATCH', path, body),
  delete: (path: string): Promise<unknown> => call('DELETE', path),
};
