import * as v from 'valibot';
import { SYNC_LINES } from '../../protocol/sync-lines.ts';
import type { TextResponse, TextRow } from '../../protocol/sync-lines.ts';
import { syncResponseSchema } from '../../protocol/sync-messages.ts';
import type { SyncRequest } from '../../protocol/sync-messages.ts';
import { TransportError } from '../../sync/ports.ts';
import type { SyncTransport, TransportFault } from '../../sync/ports.ts';
import { readAnswerLines } from './read-answer-lines.ts';
import { requestJson } from './request-json.ts';
import type { Answer } from './request-json.ts';

/** What a status means where the body is not ours: a proxy in between may answer for the server. */
function faultOfStatus(status: number): TransportFault {
  if (status === 413) return 'too_large';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'server' : 'not_doorstep';
}

function faultOf(answer: Exclude<Answer, { type: 'ok' }>): TransportFault {
  if (answer.type === 'offline') return 'offline';
  if (answer.type === 'foreign') return faultOfStatus(answer.status);
  switch (answer.code) {
    case 'unauthenticated':
      return 'unauthenticated';
    case 'too_large':
      return 'too_large';
    case 'rate_limited':
      return 'rate_limited';
    case 'internal':
    case 'unavailable':
      return 'server';
    default:
      return 'refused';
  }
}

const withRows = (response: TextResponse, lines: TextRow[][] | null): TextResponse =>
  lines === null
    ? response
    : { ...response, pages: response.pages.map((page, n) => ({ ...page, rows: lines[n] ?? [] })) };

/** Syncs over POST /api/sync. An answer that does not fit the schema is not ours, whatever its status says. */
export function createFetchSyncTransport(baseUrl = '', send?: typeof fetch): SyncTransport {
  return {
    async sync(request: SyncRequest, timeoutMs: number): Promise<TextResponse> {
      // A server from before there were lines answers in JSON.
      let lines: TextRow[][] | null = null;
      const read = (bytes: Uint8Array): unknown => {
        const decoded = readAnswerLines(bytes);
        lines = decoded?.rows ?? null;
        return decoded?.answer;
      };
      const inLines = { type: SYNC_LINES, read };
      const answer = await requestJson('POST', `${baseUrl}/api/sync`, request, timeoutMs, send, inLines);
      if (answer.type !== 'ok') {
        throw new TransportError(faultOf(answer), 'retryAfterMs' in answer ? answer.retryAfterMs : null);
      }
      const response = v.safeParse(syncResponseSchema, answer.body);
      if (!response.success) throw new TransportError('not_doorstep');
      return withRows(response.output, lines);
    },
  };
}
